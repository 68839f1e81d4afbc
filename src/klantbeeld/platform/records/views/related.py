"""The list of what belongs to a record, as it is sorted and paged on the record's page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.related_panel import related_table
from klantbeeld.platform.records.views.door import of_type


@require_safe
@of_type
def show_related(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, name: str
) -> HttpResponse:
    """The part of the page that lists the relation `name`: `?sort=`, `?cursor=`."""
    related = next((each for each in record_type.relations() if each.name == name), None)
    if related is None or registry.find(related.record_type) is None:
        raise NotFoundHere
    one(actor, record_type, record_id, [record_type.title])
    sort, cursor = (request.GET.get(key, "")[:8000] for key in ("sort", "cursor"))
    part = related_table(actor, record_type, related, record_id, sort, cursor)
    if part is None:
        raise NotFoundHere
    return render(request, "records/related_table.html", {"part": part})
