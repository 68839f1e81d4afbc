"""What the editor of a condition asks while it is used: its rows for what was typed, and how a sentence goes on."""

import re
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records import condition_editor
from klantbeeld.platform.records.condition_editor import in_browser
from klantbeeld.platform.records.names import speech_of
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type

_NAME = re.compile(r"[a-z][a-z_]{0,30}")


@require_safe
@of_type
def show_rows(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """The rows of the editor whose fields begin with `?editor=`, for what stands in its fields."""
    name = request.GET.get("editor", "")
    if not _NAME.fullmatch(name):
        raise Http404
    by_rows = request.htmx.trigger != f"{name}-sentence"  # type: ignore[attr-defined]
    made = condition_editor.submitted(actor, record_type, name, request.GET, rows_count=by_rows)
    # A row that isn't filled in yet is no mistake.
    shown = replace(made.editor, problem="") if by_rows else made.editor
    return render(request, "records/condition_rows.html", {"editor": shown, "live": True})


@require_safe
@of_type
def suggest(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """How `?sentence=` may go on at `?offset=`, as `[{text, label, start}]`; places are those of `in_browser`."""
    before = _before(request.GET.get("sentence", ""), request.GET.get("offset", ""))
    found = conditions.complete(before, len(before), record_type.field_set(actor), speech_of(actor))
    return JsonResponse(
        [{"text": each.text, "label": each.label, "start": in_browser(before, each.start)} for each in found],
        safe=False,
    )


def _before(sentence: str, offset: str) -> str:
    units = sentence[:20_000].encode("utf-16-le", "replace")
    end = int(offset) if offset.isdecimal() and len(offset) < 7 else len(units) // 2
    return units[: 2 * end].decode("utf-16-le", "replace")
