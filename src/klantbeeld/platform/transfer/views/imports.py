"""Imports: the list, one of them while it runs and afterwards, and what can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.jobs.public import JobState, cancel, go_on
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.platform.transfer import public
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.queries import import_of, imports_of, locked_import_of
from klantbeeld.platform.transfer.undoing import may_undo
from klantbeeld.platform.transfer.uploading import may_import

SHOWN = 100


@require_safe
@for_actor
def show_imports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All imports that one may see, the latest first."""
    found = [(each, registry.find(each.record_type), counts_of(each)) for each in imports_of(actor)[:SHOWN]]
    may = any(may_import(actor, each) for each in registry)
    return render(request, "transfer/imports.html", {"imports": found, "may_import": may})


@require_safe
@for_actor
def show_import(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponse:
    """How far an import is, or what it came to. One that isn't begun is set up first."""
    imported = import_of(actor, import_id)
    if imported.job is None:
        return redirect("transfer:setup", import_id)
    return render(request, "transfer/import.html", context_of(actor, imported))


@require_safe
@for_actor
def show_progress(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponse:
    """The part that moves. When the work has ended, the browser is told to draw the whole page anew."""
    imported = import_of(actor, import_id)
    context = context_of(actor, imported)
    response = render(request, "transfer/progress.html", context)
    if context["running"] is None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@for_actor
def cancel_import(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponse:
    """Stop what is going on with an import; rows that were imported stay, and can be undone."""
    imported = import_of(actor, import_id)
    running = running_of(imported)
    if running is not None:
        cancel(running)
    return redirect("transfer:import", import_id)


@require_POST
@for_actor
def undo_import(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponse:
    """Take an import back, in the background."""
    with transaction.atomic():
        imported = locked_import_of(actor, import_id)
        if not _can_be_undone(actor, imported):
            raise NotFoundHere
        public.undo(actor, imported)
    messages.success(request, _("The import is being undone."))
    return redirect("transfer:import", import_id)


@require_POST
@for_actor
def go_on_importing(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponse:
    """Take up an import that broke off or was stopped, where it was."""
    with transaction.atomic():
        imported = locked_import_of(actor, import_id)
        if imported.job is None or not _can_go_on(imported) or not go_on(imported.job):
            raise NotFoundHere
    messages.success(request, _("The import goes on."))
    return redirect("transfer:import", import_id)


@require_safe
@for_actor
def download_refused(request: HttpRequest, actor: Actor, import_id: UUID) -> FileResponse:
    """The rows that were refused, each with the reason."""
    imported = import_of(actor, import_id)
    name = imported.refused_name
    if imported.kept_until < timezone.now() or not default_storage.exists(name):
        raise NotFoundHere
    stem = imported.file_name.rsplit(".", 1)[0]
    return FileResponse(default_storage.open(name), as_attachment=True, filename=f"{stem} - {_('refused')}.csv")


def running_of(imported: Import) -> Any:
    """The job that is going on with an import; None when there is none."""
    jobs = (imported.undo_job, imported.job, imported.check_job)
    return next((each for each in jobs if each is not None and not each.ended), None)


def counts_of(imported: Import) -> dict[str, Any]:
    """What an import came to, or has come to so far."""
    if imported.report:
        return dict(imported.report)
    return dict(imported.job.checkpoint.get("report", {})) if imported.job else {}


def labelled(imported: Import, problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems with the label of the field instead of its name, the most frequent first."""
    record_type = registry.find(imported.record_type)
    fields = record_type.all_fields() if record_type else {}
    made = [{**each, "label": fields[each["field"]].label if each["field"] in fields else ""} for each in problems]
    return sorted(made, key=lambda each: -int(each["count"]))


def context_of(actor: Actor, imported: Import) -> dict[str, Any]:
    """What the pages of one import show."""
    report = counts_of(imported)
    return {
        "imported": imported,
        "record_type": registry.find(imported.record_type),
        "running": running_of(imported),
        "report": report,
        "problems": labelled(imported, report.get("problems", [])),
        "may_undo": _can_be_undone(actor, imported),
        "may_go_on": _can_go_on(imported),
        "days": imported.KEPT.days,
        "refused_there": report.get("refused") and imported.kept_until > timezone.now(),
    }


_BROKEN_OFF = {JobState.FAILED, JobState.CANCELLED}


def _can_be_undone(actor: Actor, imported: Import) -> bool:
    ended = imported.job is not None and imported.job.ended
    return ended and may_undo(actor, imported) and (imported.undo_job is None or imported.undo_job.state in _BROKEN_OFF)


def _can_go_on(imported: Import) -> bool:
    broken_off = imported.job is not None and imported.job.state in _BROKEN_OFF
    return broken_off and imported.undo_job is None and bool(imported.file)
