"""Bulk changes: the list, one of them while it runs and afterwards, and what can be done with it."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes import starting
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.bulk_changes.queries import change_of, changes_of, locked_change_of
from klantbeeld.platform.bulk_changes.undoing import may_undo, undoable
from klantbeeld.platform.bulk_changes.views.setting_up import page_of
from klantbeeld.platform.jobs.public import JobState, cancel, go_on
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor, title_of

SHOWN = 100
_BROKEN_OFF = {JobState.FAILED, JobState.CANCELLED}


@require_safe
@for_actor
def show_changes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The bulk changes that one may see and that were begun, the latest first."""
    found = changes_of(actor).filter(job__isnull=False)[:SHOWN]
    known = [(each, registry.find(each.record_type)) for each in found]
    return render(request, "bulk_changes/changes.html", {"changes": known})


@require_safe
@for_actor
def show_change(request: HttpRequest, actor: Actor, change_id: UUID) -> HttpResponse:
    """How far a bulk change is, or what it came to. One that isn't begun is set up first; `?field=` chooses a field."""
    change = change_of(actor, change_id)
    if change.job is None:
        return page_of(request, actor, change)
    return render(request, "bulk_changes/change.html", context_of(actor, change))


@require_safe
@for_actor
def show_progress(request: HttpRequest, actor: Actor, change_id: UUID) -> HttpResponse:
    """The part that moves. When the work has ended, the browser is told to draw the whole page anew."""
    context = context_of(actor, change_of(actor, change_id))
    response = render(request, "bulk_changes/progress.html", context)
    if context["running"] is None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@for_actor
def cancel_change(request: HttpRequest, actor: Actor, change_id: UUID) -> HttpResponse:
    """Stop what is going on with a bulk change; what was changed stays, and can be undone."""
    running = running_of(change_of(actor, change_id))
    if running is not None:
        cancel(running)
    return redirect("bulk_changes:change", change_id)


@require_POST
@for_actor
def go_on_changing(request: HttpRequest, actor: Actor, change_id: UUID) -> HttpResponse:
    """Take up a bulk change that broke off or was stopped, where it was."""
    with transaction.atomic():
        change = locked_change_of(actor, change_id)
        if change.job is None or not _can_go_on(actor, change) or not go_on(change.job):
            raise NotFoundHere
    messages.success(request, _("The change goes on."))
    return redirect("bulk_changes:change", change_id)


@require_POST
@for_actor
def undo_change(request: HttpRequest, actor: Actor, change_id: UUID) -> HttpResponse:
    """Take a bulk change back: at once when it is small, else in the background."""
    with transaction.atomic():
        change = locked_change_of(actor, change_id)
        if not _can_be_undone(actor, change):
            raise NotFoundHere
        starting.claim_undo(actor, change)
    change = starting.begin(change)
    ended = change.undo_job is not None and change.undo_job.ended
    if ended and change.undone:
        number = int(change.undone["restored"])
        text = ngettext("%(n)d record put back", "%(n)d records put back", number) % {"n": number}
        messages.success(request, text)
    page = reverse("bulk_changes:change", args=[change_id])
    if not request.headers.get("HX-Request") or request.headers.get("HX-Boosted"):
        return redirect(page)
    clean = ended and change.undone and not change.undone["kept"] and not change.undone["barred"]
    # From a notice on the list: that is drawn anew, unless there is more to tell than fits in another notice.
    leading = {"HX-Refresh": "true"} if clean else {"HX-Location": json.dumps({"path": page, "target": "#main"})}
    return HttpResponse(status=204, headers=leading)


def running_of(change: BulkChange) -> Any:
    """The job that is going on with a bulk change; None when there is none."""
    return next((each for each in (change.undo_job, change.job) if each is not None and not each.ended), None)


def context_of(actor: Actor, change: BulkChange) -> dict[str, Any]:
    """What the page of a bulk change that was begun shows."""
    record_type = registry.find(change.record_type)
    report = dict(change.report or (change.job.checkpoint.get("report", {}) if change.job else {}))
    fields = record_type.readable(actor) if record_type else {}
    return {
        "change": change,
        "record_type": record_type,
        "field": fields.get(change.instruction.get("field", "")),
        "running": running_of(change),
        "report": report,
        "reasons": sorted(report.get("reasons", {}).items(), key=lambda each: -each[1]),
        "refused": _named(actor, record_type, report.get("named", [])),
        "left": _named(actor, record_type, [(each, "") for each in change.undone.get("named", [])]),
        "may_undo": _can_be_undone(actor, change),
        "may_go_on": _can_go_on(actor, change),
    }


def _named(actor: Actor, record_type: RecordType | None, pairs: Any) -> list[tuple[str, str, str]]:
    """Id, title and reason of the records that the actor may read."""
    ids = [UUID(record_id) for record_id, _reason in pairs]
    if record_type is None or not ids:
        return []
    rows = reading.some(actor, record_type, ids, [record_type.title])
    titles = {str(row["id"]): title_of(actor, record_type, row) for row in rows}
    return [(record_id, titles[record_id], reason) for record_id, reason in pairs if record_id in titles]


def _can_be_undone(actor: Actor, change: BulkChange) -> bool:
    record_type = registry.find(change.record_type)
    ended = change.job is not None and change.job.ended and change.job.done > 0
    if record_type is None or not ended or not undoable(record_type) or not may_undo(actor, change):
        return False
    return change.undo_job is None or change.undo_job.state in _BROKEN_OFF


def _can_go_on(actor: Actor, change: BulkChange) -> bool:
    broken_off = change.job is not None and change.job.state in _BROKEN_OFF
    # Somebody else's goes on with their rights, so it is for them to say.
    return broken_off and change.undo_job is None and change.member_id == actor.member_id
