"""Taking a change back, from what history says was there before."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.reading import one, value_of
from klantbeeld.platform.records.record_type import RecordType


def last_change(record_id: UUID) -> int | None:
    """The number of the last change of a record; None when it has none."""
    return (
        Change.objects.filter(record_id=record_id, action="change").order_by("-id").values_list("id", flat=True).first()
    )


def undo(actor: Actor, record_type: RecordType, record_id: UUID, change_id: int) -> None:
    """Put back what one change replaced, as an ordinary change by `actor`.

    Raises NotFoundHere when there is no such change of a record that the actor may change, Refused when a value was
    changed again since: then nothing is put back.
    """
    change = Change.objects.filter(
        id=change_id, record_id=record_id, action="change", table=record_type.model._meta.db_table
    ).first()
    if change is None:
        raise NotFoundHere
    now = one(actor, record_type, record_id)
    back = {}
    for name, field in record_type.writable(actor).items():
        before, after = stored(change.before, field), stored(change.after, field)
        if before == after or not field_in(change, field):
            continue
        if not _same(value_of(now, field), after):
            raise Refused(_("This was changed again since, so it can’t be undone. Nothing was changed."))
        back[name] = before
    record_type.writer(record_type, actor).change(record_id, back)


def stored(side: dict[str, Any] | None, field: RecordField) -> Any:
    """A field's value in one side of a change, None when it isn't there."""
    side = side or {}
    if field.json:
        return (side.get("custom") or {}).get(field.path)
    return side.get(column_of(field))


def field_in(change: Change, field: RecordField) -> bool:
    """Whether a change is about this field."""
    return ("custom" if field.json else column_of(field)) in (change.after or {})


def column_of(field: RecordField) -> str:
    """The name of a field's column in the database, as history has it."""
    return f"{field.path}_id" if field.kind in {Kind.USER, Kind.LINK} else field.path


def _same(value: Any, recorded: Any) -> bool:
    """Whether a value is what history has; PostgreSQL writes moments and numbers in a way of its own."""
    if isinstance(value, datetime):
        return recorded is not None and datetime.fromisoformat(recorded) == value
    if isinstance(value, Decimal):
        return recorded is not None and Decimal(str(recorded)) == value
    if isinstance(value, date | UUID):
        return recorded == str(value)
    return bool(value == recorded)
