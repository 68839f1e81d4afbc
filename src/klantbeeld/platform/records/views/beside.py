"""Where a record stands in the list that somebody came from: the part of the bar that leads on through it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.beside import beside
from klantbeeld.platform.records.filtering import condition_of, state_of
from klantbeeld.platform.records.reading import Query
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type, title_of


@require_safe
@of_type
def show_beside(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """The list's name and its records before and after this one; 204 when this one isn't in the list of the address."""
    state = state_of(actor, record_type, request.GET.dict())
    try:
        found = beside(actor, record_type, Query(condition_of(record_type, state), state.order), record_id)
    except (BadCondition, Refused, NotFoundHere):
        return HttpResponse(status=204)
    base = reverse("records:list", args=[record_type.slug])
    view = next((each.label for each in record_type.views if each.slug == state.view), "")
    view = state.saved.name if state.saved else view
    context = {
        "title": title_of(actor, record_type, reading.one(actor, record_type, record_id, [record_type.title])),
        "list_label": _("Filtered") if state.where and not state.saved else view,
        "list_url": state.url(base, cursor=state.cursor),
        "ways": [
            ("k", "chevron-up", _("Previous in the list"), found.previous and f"{base}{found.previous}/"),
            ("j", "chevron-down", _("Next in the list"), found.next and f"{base}{found.next}/"),
        ],
    }
    return render(request, "records/beside.html", context)
