"""What happened to a record: who, when, from where, before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.records.beginnings import tell_beginnings
from klantbeeld.platform.records.cells import Reader, words
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.undo import field_in, stored
from klantbeeld.platform.records.views.door import member_names, of_type, title_of

PAGE = 100


@dataclass(frozen=True)
class Difference:
    """One field of a change in words; of a creation only what it was made with."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One change as it is shown. `who` is empty when the system did it."""

    change: Change
    who: str
    differences: list[Difference]


@require_safe
@of_type
def show_history(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """The changes of a record, newest first, with the fields that the actor may read; `?before=` pages on."""
    row = one(actor, record_type, record_id)
    before = request.GET.get("before", "")
    told = told_changes(actor, record_type, record_id, int(before) if before.isdecimal() and len(before) < 19 else None)
    context = {
        "record_type": record_type,
        "title": title_of(actor, record_type, row),
        "base": reverse("records:list", args=[record_type.slug]),
        "url": reverse("records:detail", args=[record_type.slug, record_id]),
        "changes": told,
        "older": told[-1].change.id if len(told) == PAGE else None,
    }
    return render(request, "records/history.html", context)


def told_changes(actor: Actor, record_type: RecordType, record_id: UUID, before: int | None = None) -> list[Told]:
    """The changes of a record through the gates: hidden fields don't show, nor do changes of nothing else."""
    changes = Change.objects.filter(record_id=record_id, table=record_type.model._meta.db_table).order_by("-id")
    if before is not None:
        changes = changes.filter(id__lt=before)
    found = list(changes[:PAGE])
    tell_beginnings(record_type.model, record_id, found)
    names = member_names({each.actor_id for each in found if each.actor_id})
    readable, reader = record_type.readable(actor), Reader(actor)
    told = []
    for change in found:
        differences = _differences(reader, readable.values(), change)
        if differences or change.action != "change":
            told.append(Told(change, names.get(change.actor_id, "") if change.actor_id else "", differences))
    return told


def _differences(reader: Reader, fields: Iterable[RecordField], change: Change) -> list[Difference]:
    if change.action == "delete":
        return []
    found = []
    for field in fields:
        before, after = stored(change.before, field), stored(change.after, field)
        if field_in(change, field) and before != after:
            found.append(Difference(field.label, words(field, reader, before), words(field, reader, after)))
    return [each for each in found if each.before or each.after]
