"""Exports: asking for one, watching it, fetching the file."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.jobs.public import cancel
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records import filtering
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor, of_type
from klantbeeld.platform.transfer.exporting import ask
from klantbeeld.platform.transfer.queries import export_of, exports_of

SHOWN = 100


@require_safe
@for_actor
def show_exports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What one has exported in the last week."""
    live = exports_of(actor).filter(expires_at__gt=timezone.now())
    found = [(each, registry.find(each.record_type)) for each in live[:SHOWN]]
    return render(request, "transfer/exports.html", {"exports": found})


@require_POST
@of_type
def ask_export(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """Export the list that the address describes, as the list itself does, to `?format=` csv or xlsx."""
    state = filtering.state_of(actor, record_type, request.GET.dict())
    condition = filtering.condition_of(record_type, state)
    data = conditions.dump(condition) if condition is not None else None
    file_format = request.POST.get("format") or request.GET.get("format") or "xlsx"
    export = ask(actor, record_type, file_format, data, (), state.order)
    return redirect("transfer:exported", export.id)


@require_safe
@for_actor
def show_export(request: HttpRequest, actor: Actor, export_id: UUID) -> HttpResponse:
    """How far an export is, and the file when it is there."""
    export = export_of(actor, export_id)
    record_type = registry.find(export.record_type)
    return render(request, "transfer/export.html", {"export": export, "record_type": record_type})


@require_safe
@for_actor
def show_progress(request: HttpRequest, actor: Actor, export_id: UUID) -> HttpResponse:
    """The part that moves."""
    export = export_of(actor, export_id)
    response = render(request, "transfer/export_progress.html", {"export": export})
    if export.job is None or export.job.ended:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@for_actor
def cancel_export(request: HttpRequest, actor: Actor, export_id: UUID) -> HttpResponse:
    """Stop an export."""
    export = export_of(actor, export_id)
    if export.job is not None:
        cancel(export.job)
    return redirect("transfer:exported", export_id)


@require_safe
@for_actor
def download(request: HttpRequest, actor: Actor, export_id: UUID) -> FileResponse:
    """The file, for who asked for it and until it expires."""
    export = export_of(actor, export_id)
    if not export.file or export.expires_at < timezone.now() or not default_storage.exists(export.file):
        raise NotFoundHere
    return FileResponse(default_storage.open(export.file), as_attachment=True, filename=export.file_name)
