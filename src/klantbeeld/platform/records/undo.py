"""Taking a change back, from what history says was there before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.writing import Guard, value_in


def change_undoably(
    actor: Actor, record_type: RecordType, record_id: UUID, given: Mapping[str, Any], guard: Guard | None = None
) -> int | None:
    """Change a record as `Writer.change` does, and return the number of that change for `undo`; None when all was so.

    Raises what `Writer.change` raises.
    """
    before: list[int | None] = []

    def note(instance: Any) -> None:
        if guard is not None:
            guard(instance)
        before.append(_last_change(record_type, record_id))

    with transaction.atomic():
        record_type.writer(record_type, actor).change(record_id, given, note)
        # The row is locked since `note`, so that whatever came since is this change.
        last = _last_change(record_type, record_id)
    return None if last == before[0] else last


def _last_change(record_type: RecordType, record_id: UUID) -> int | None:
    changes = Change.objects.filter(record_id=record_id, table=record_type.model._meta.db_table, action="change")
    return changes.order_by("-id").values_list("id", flat=True).first()


@dataclass(frozen=True)
class Putting:
    """One field of a change that is to be taken back: what comes back, what the change made of it and what it is now,
    as history has values. `touched` says whether it was changed again since."""

    field: RecordField
    back: Any
    then: Any
    now: Any
    touched: bool


@dataclass(frozen=True)
class Preview:
    """What taking a change back would do. `last` is the latest change of the record that this was seen after."""

    change: Change
    fields: list[Putting]
    last: int

    @property
    def clashes(self) -> bool:
        """Whether something was changed again since."""
        return any(each.touched for each in self.fields)


def preview(actor: Actor, record_type: RecordType, record_id: UUID, change_id: int) -> Preview:
    """What taking this change back would put in the place of what. Raises what `undo` raises, but for clashes."""
    change, replaced = _to_undo(actor, record_type, record_id, change_id)
    instance = record_type.rows(actor, "change").get(pk=record_id)
    fields = []
    for field in replaced.values():
        now, then = value_in(instance, field), stored(change.after, field)
        fields.append(Putting(field, stored(change.before, field), then, now, not _same(now, then)))
    return Preview(change, fields, _last_change(record_type, record_id) or change_id)


def undo(
    actor: Actor,
    record_type: RecordType,
    record_id: UUID,
    change_id: int,
    untouched: bool = False,
    after: int | None = None,
) -> None:
    """Put back all that one change replaced, as an ordinary change by `actor`.

    What was changed again since is in the way, unless only the `untouched` is asked for; or all is, with what was
    changed again up to the change `after`, which a preview showed. Raises NotFoundHere when there is no such change of
    a record that the actor may change. Raises Refused when something is in the way, when the actor may not write all of
    it, and when there is nothing to put back: then nothing is.
    """
    change, replaced = _to_undo(actor, record_type, record_id, change_id)
    back = {name: stored(change.before, field) for name, field in replaced.items()}
    if untouched:
        shown = preview(actor, record_type, record_id, change_id)
        back = {each.field.name: each.back for each in shown.fields if not each.touched}
        if not back:
            raise Refused(_("All of this was changed again since. Nothing was changed."))

    def check_unchanged(instance: Any) -> None:
        if after is not None:
            if _last_change(record_type, record_id) != after:
                raise Refused(_("This was changed while you looked. Nothing was changed."))
            return
        for name in back:
            if not _same(value_in(instance, replaced[name]), stored(change.after, replaced[name])):
                raise Refused(_("This was changed again since, so it can’t be undone. Nothing was changed."))

    record_type.writer(record_type, actor).change(record_id, back, check_unchanged)


def _to_undo(
    actor: Actor, record_type: RecordType, record_id: UUID, change_id: int
) -> tuple[Change, dict[str, RecordField]]:
    change = Change.objects.filter(
        id=change_id, record_id=record_id, action="change", table=record_type.model._meta.db_table
    ).first()
    if change is None or not record_type.rows(actor, "change").filter(pk=record_id).exists():
        raise NotFoundHere
    replaced = _replaced(record_type, change)
    if replaced and not replaced.keys() & record_type.readable(actor).keys():
        raise NotFoundHere  # as history does, which doesn't tell of changes of nothing but hidden fields
    if not replaced:
        raise Refused(_("There is nothing in this change that can be put back."))
    if not replaced.keys() <= record_type.writable(actor).keys():
        raise Refused(_("You may not put back all of this change. Nothing was changed."))
    return change, replaced


def _replaced(record_type: RecordType, change: Change) -> dict[str, RecordField]:
    """The fields whose values a change replaced; what follows from others is left out, since it follows again.

    Raises Refused when it is about a field that there is no longer.
    """
    fields = record_type.all_fields()
    found = {
        name: field
        for name, field in fields.items()
        if field.editable and field_in(change, field) and stored(change.before, field) != stored(change.after, field)
    }
    own = [(side or {}).get("custom") or {} for side in (change.before, change.after)]
    if any(own[0].get(key) != own[1].get(key) and f"custom.{key}" not in fields for key in own[0].keys() | own[1]):
        raise Refused(_("A field of this change is no longer there, so it can’t be undone. Nothing was changed."))
    return found


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
    return f"{field.path}_id" if field.is_link else field.path


def _same(value: Any, recorded: Any) -> bool:
    """Whether a value is what history has; PostgreSQL writes moments and numbers in a way of its own."""
    if isinstance(value, datetime):
        return recorded is not None and datetime.fromisoformat(recorded) == value
    if isinstance(value, Decimal):
        return recorded is not None and Decimal(str(recorded)) == value
    if isinstance(value, date | UUID):
        return recorded == str(value)
    return bool(value == recorded)
