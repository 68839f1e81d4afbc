"""The deleted records of a type, and bringing one back."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.deletions import Deleted, deletions
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.restoring import Counts, Restored, restore, told_to
from klantbeeld.platform.records.views.door import of_type, title_of


@dataclass(frozen=True)
class Line:
    """A deleted record as it is listed."""

    deleted: Deleted
    title: str
    history_url: str
    restore_url: str


@require_safe
@of_type
def show_deleted(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """What was deleted and may be brought back, the latest first: `?q=` looks in the titles, `?before=` pages on."""
    if not record_type.deletable or not gates.may(actor, "delete", record_type):
        raise NotFoundHere
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    given = request.GET.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 19 else None
    found, older = deletions(actor, record_type, text, before)
    base = list_url(record_type.slug)
    context = {
        "record_type": record_type,
        "base": base,
        "text": text,
        "may_search": record_type.title in record_type.readable(actor),
        "lines": [_line(actor, record_type, base, each) for each in found],
        "older": older,
    }
    return render(request, "records/deleted.html", context)


def _line(actor: Actor, record_type: RecordType, base: str, each: Deleted) -> Line:
    url = f"{base}{each.change.record_id}"
    return Line(each, title_of(actor, record_type, each.row), f"{url}/history", f"{url}/restore")


@require_POST
@of_type
def bring_back(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """Restore a deleted record with what went with it, and show it."""
    try:
        told = restore(actor, record_type, record_id)
    except NotFoundHere:
        raise
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("records:history", record_type.slug, record_id)
    messages.success(request, _sentence(actor, told))
    if told.lost:
        messages.warning(request, _lost(actor, told))
    try:
        one(actor, record_type, record_id, ())
    except NotFoundHere:  # who may delete a record need not be able to read it
        return redirect("records:deleted", record_type.slug)
    return redirect("records:detail", record_type.slug, record_id)


def _sentence(actor: Actor, told: Restored) -> str:
    back = _listed(actor, told.back)
    return _("Restored, with %(what)s.") % {"what": back} if back else _("Restored.")


def _lost(actor: Actor, told: Restored) -> str:
    lost = _listed(actor, told.lost)
    if not lost:
        return _(
            "Something that went with it didn’t come back: what it belonged to is gone too, or stands in its place."
        )
    return _("Not restored: %(what)s. What they belonged to is gone too, or stands in their place.") % {"what": lost}


def _listed(actor: Actor, counts: Counts) -> str:
    return ", ".join(f"{count} {label}" for label, count in told_to(actor, counts))
