"""The history of a record as JSON: only of the fields that the caller may read."""

from typing import Any
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.representation import amount_text, is_decimal
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.history import Event, changes_of
from klantbeeld.platform.records.own_values import fits
from klantbeeld.platform.records.record_type import RecordType


def page_of_changes(
    actor: Actor, record_type: RecordType, record_id: UUID, before: int | None, size: int
) -> tuple[list[dict[str, Any]], int | None]:
    """What `changes_of` returns, as documents."""
    events, following = changes_of(actor, record_type, record_id, before, size)
    return [document_of(each) for each in events], following


def document_of(event: Event) -> dict[str, Any]:
    """A change as JSON."""
    change = event.change
    return {
        "id": change.id,
        "at": change.at,
        "action": change.action,
        "actor": None if change.actor_id is None else {"id": change.actor_id, "label": event.who},
        "origin": change.origin,
        "changes": {
            each.field.name: {"before": _value(each.before, each.field), "after": _value(each.after, each.field)}
            for each in event.differences
        },
    }


def _value(value: Any, field: RecordField) -> Any:
    if value is None or (field.json and not fits(field.kind, value)):
        return value  # what doesn't fit is of a field that had the same key before
    return amount_text(value) if is_decimal(field) else value
