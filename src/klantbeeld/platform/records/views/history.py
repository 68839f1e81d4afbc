"""What happened to a record: who, when, from where, before and after."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.cells import Reader, words
from klantbeeld.platform.records.history import Event, changes_of
from klantbeeld.platform.records.past import deleted
from klantbeeld.platform.records.reading import one, reaches
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.restoring import may_restore
from klantbeeld.platform.records.views.door import of_type, title_of

PAGE = 100
_NUMBER = re.compile(" [0-9a-f-]{36}$")


@dataclass(frozen=True)
class InWords:
    """One field of a change in words; of a creation only what it was made with."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One change as it is shown. `who` is empty when the system did it; `again` says that a creation brought a deleted
    record back."""

    change: Change
    who: str
    differences: list[InWords]
    undoable: bool = False
    again: bool = False

    @property
    def origin(self) -> str:
        """From where, without the number of a job; "" for the pages themselves."""
        name = _NUMBER.sub("", self.change.origin)
        return "" if name == "web" else name


@require_safe
@of_type
def show_history(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """The changes of a record, a deleted one included, newest first, with the fields that the actor may read;
    `?before=` pages on."""
    try:
        row, gone = one(actor, record_type, record_id), False
    except NotFoundHere:
        row, gone = deleted(actor, record_type, record_id), True
    given = request.GET.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 19 else None
    events, older = changes_of(actor, record_type, record_id, before, PAGE)
    reader = Reader(actor)
    changeable = not gone and record_type.changeable and reaches(actor, record_type, "change", record_id)
    writable = record_type.writable(actor) if changeable else {}
    first_deletion = _first_deletion(record_type, record_id)
    base = reverse("records:list", args=[record_type.slug])
    context = {
        "record_type": record_type,
        "title": title_of(actor, record_type, row),
        "gone": gone,
        "restorable": gone and may_restore(actor, record_type, record_id),
        "here_url": f"{base}{record_id}/",
        "url": base if gone else f"{base}{record_id}/",
        "changes": [
            Told(
                change=each.change,
                who=each.who or "",
                differences=_in_words(reader, each),
                undoable=each.change.action == "change" and any(one.field.name in writable for one in each.differences),
                again=each.change.action == "create" and first_deletion is not None and each.change.id > first_deletion,
            )
            for each in events
        ],
        "older": older,
    }
    return render(request, "records/history.html", context)


def _first_deletion(record_type: RecordType, record_id: UUID) -> int | None:
    gone = Change.objects.filter(record_id=record_id, table=record_type.model._meta.db_table, action="delete")
    return gone.order_by("id").values_list("id", flat=True).first()


def _in_words(reader: Reader, event: Event) -> list[InWords]:
    told = [
        InWords(each.field.label, words(each.field, reader, each.before), words(each.field, reader, each.after))
        for each in event.differences
    ]
    return [each for each in told if each.before or each.after]
