"""Taking a change back: at once where nothing is in the way, else after a look at what is."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere, Refused
from klantbeeld.platform.records.cells import Reader, words
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.undo import Putting, preview, undo
from klantbeeld.platform.records.views.door import of_type, title_of


@dataclass(frozen=True)
class Line:
    """A field of the change in words: what it is now, and what would come back."""

    label: Any
    now: str
    back: str
    touched: bool


@require_http_methods(["GET", "HEAD", "POST"])
@of_type
def undo_change(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, change: int
) -> HttpResponse:
    """GET: what taking a change back would do. POST: do it; `how=untouched` leaves what was changed again since,
    `how=all` with `last=` (what GET showed) puts all of it back."""
    if request.method != "POST":
        return _preview(request, actor, record_type, record_id, change)
    how, last = request.POST.get("how", ""), request.POST.get("last", "")
    after = int(last) if how == "all" and last.isdecimal() and len(last) < 19 else None
    try:
        undo(actor, record_type, record_id, change, untouched=how == "untouched", after=after)
    except (Invalid, Refused) as problem:
        if isinstance(problem, NotFoundHere):
            raise
        return _refused(request, actor, record_type, record_id, change, problem)
    text = _("Put back as it was")
    if not request.headers.get("HX-Request"):
        messages.success(request, text)
        return redirect("records:detail", record_type.slug, record_id)
    return _told({"toast": {"text": text}}, record_id, refresh=True)


def _refused(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, change: int, problem: Refused
) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _told({"toast": {"text": str(problem), "tone": "bad"}}, record_id, refresh=False)
    return _preview(request, actor, record_type, record_id, change, str(problem))


def _told(told: dict[str, Any], record_id: UUID, refresh: bool) -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "HX-Trigger": json.dumps(told | {"records:changed": {"id": str(record_id)}}),
            "HX-Refresh": "true" if refresh else "false",
        },
    )


def _preview(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, change: int, problem: str = ""
) -> HttpResponse:
    base = reverse("records:detail", args=[record_type.slug, record_id])
    context = {
        "record_type": record_type,
        "title": title_of(actor, record_type, one(actor, record_type, record_id, (record_type.title,))),
        "url": base,
        "problem": problem,
    }
    try:
        shown = preview(actor, record_type, record_id, change)
    except NotFoundHere:
        raise
    except Refused as refused:
        return render(request, "records/undo.html", context | {"problem": str(refused)}, status=409)
    reader = Reader(actor)
    lines = [_line(reader, each) for each in shown.fields]
    some = shown.clashes and not all(each.touched for each in lines)
    context |= {"shown": shown, "lines": lines, "some_untouched": some}
    return render(request, "records/undo.html", context, status=409 if problem else 200)


def _line(reader: Reader, each: Putting) -> Line:
    return Line(
        each.field.label, words(each.field, reader, each.now), words(each.field, reader, each.back), each.touched
    )
