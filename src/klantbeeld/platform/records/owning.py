"""Whose a record is, and who may know it."""

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry


def knows_owner(actor: Actor, record_type: RecordType) -> bool:
    """Whether every link on the way from a record to its owner may be read, so that whose it is is no secret.

    Where records belong to nobody there is nothing to know.
    """
    kind: RecordType | None = record_type
    for name in record_type.owner.split("__") if record_type.owner else ():
        if kind is None or not gates.may_read(actor, kind, name):
            return False
        linked = kind.all_fields().get(name)
        kind = registry.find(linked.target or "") if linked else None
    return True
