"""The history of a record as JSON: only of the fields that the caller may read."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.representation import amount_text, is_decimal
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.beginnings import tell_beginnings
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.own_values import fits
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.undo import stored

Values = dict[str, Any]


def page_of_changes(
    actor: Actor, record_type: RecordType, record_id: UUID, before: int | None, size: int
) -> tuple[list[dict[str, Any]], int | None]:
    """Up to `size` changes of a record, the latest first, older than the change `before`; and where the next page
    begins, None at the end. That the record may be read is for the caller to have seen to."""
    table = record_type.model._meta.db_table
    changes = Change.objects.filter(tenant_id=actor.tenant.id, record_id=record_id, table=table).order_by("-id")
    if before is not None:
        changes = changes.filter(id__lt=before)
    found = list(changes[: size + 1])
    shown = found[:size]
    tell_beginnings(record_type.model, record_id, shown)
    names = dict(Member.objects.filter(pk__in={each.actor_id for each in shown}).values_list("id", "name"))
    readable = record_type.readable(actor).values()
    return [_document(each, names, readable) for each in shown], shown[-1].id if len(found) > size else None


def _document(change: Change, names: Mapping[UUID, str], readable: Iterable[RecordField]) -> dict[str, Any]:
    before, after = change.before or {}, change.after or {}
    return {
        "id": change.id,
        "at": change.at,
        "action": change.action,
        "actor": None if change.actor_id is None else {"id": change.actor_id, "label": names.get(change.actor_id)},
        "origin": change.origin,
        "changes": _differences(before, after, readable),
    }


def _differences(before: Values, after: Values, readable: Iterable[RecordField]) -> dict[str, dict[str, Any]]:
    differences = {}
    for field in readable:
        was, is_now = _value(before, field), _value(after, field)
        if was != is_now:
            differences[field.name] = {"before": was, "after": is_now}
    return differences


def _value(values: Values, field: RecordField) -> Any:
    value = stored(values, field)
    if value is None or value == "":
        return None
    if field.json and not fits(field.kind, value):
        return value  # of a field that had the same key before
    return amount_text(value) if is_decimal(field) else value
