"""Which days a calendar shows, and the fields that can be laid out on days."""

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType

KINDS = (Kind.DATE, Kind.DATETIME)


def day_fields(actor: Actor, record_type: RecordType) -> list[RecordField]:
    """The dates and moments that this actor may read."""
    return [each for each in record_type.readable(actor).values() if each.kind in KINDS]
