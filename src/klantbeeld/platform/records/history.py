"""What happened to a record, through the gates: the same for pages and for programs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.beginnings import tell_beginnings
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.undo import stored


@dataclass(frozen=True)
class Difference:
    """One field of a change, before and after as history has it; None where there was nothing."""

    field: RecordField
    before: Any
    after: Any


@dataclass(frozen=True)
class Event:
    """One change; `who` is None when the system did it, or somebody of whom nothing is known."""

    change: Change
    who: str | None
    differences: list[Difference]


def changes_of(
    actor: Actor, record_type: RecordType, record_id: UUID, before: int | None, size: int
) -> tuple[list[Event], int | None]:
    """Up to `size` changes of a record, the latest first, older than the change `before`; and where the next page
    begins, None at the end. That the record may be read is for the caller to have seen to.

    Hidden fields don't show, nor do changes of nothing else, so that a page may be shorter than it could be.
    """
    table = record_type.model._meta.db_table
    changes = Change.objects.filter(tenant_id=actor.tenant.id, record_id=record_id, table=table).order_by("-id")
    if before is not None:
        changes = changes.filter(id__lt=before)
    found = list(changes[: size + 1])
    shown = found[:size]
    tell_beginnings(record_type.model, record_id, shown)
    names = dict(Member.objects.filter(pk__in={each.actor_id for each in shown}).values_list("id", "name"))
    readable = record_type.readable(actor).values()
    events = [
        Event(each, names.get(each.actor_id) if each.actor_id else None, _differences(each, readable)) for each in shown
    ]
    following = shown[-1].id if len(found) > size else None
    return [each for each in events if each.differences or each.change.action != "change"], following


def differences_of(actor: Actor, record_type: RecordType, change: Change) -> list[Difference]:
    """The fields of a change that this actor may read."""
    return _differences(change, record_type.readable(actor).values())


def _differences(change: Change, readable: Iterable[RecordField]) -> list[Difference]:
    sides = [Difference(each, _value(change.before, each), _value(change.after, each)) for each in readable]
    return [each for each in sides if each.before != each.after]


def _value(side: dict[str, Any] | None, field: RecordField) -> Any:
    value = stored(side, field)
    return None if value == "" else value
