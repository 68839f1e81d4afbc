"""Looking up one record to link to, for the fields of forms and filters."""

from django.http import HttpRequest, JsonResponse

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type
from klantbeeld.platform.search.finding import find, hits_of
from klantbeeld.platform.search.searchable import is_searchable

_MOST = 8


@of_type
def look_up(request: HttpRequest, actor: Actor, record_type: RecordType) -> JsonResponse:
    """Up to eight records of this type that match `?q=`, as `[{id, title, subtitle}]`; without `q` the newest."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if text and is_searchable(record_type):
        hits = find(actor, text, _MOST, [record_type.slug])[:_MOST]
    else:
        newest = record_type.rows(actor).order_by("-id").values_list("id", flat=True)[:_MOST]
        hits = hits_of(actor, record_type, list(newest))
    return JsonResponse([{"id": str(hit.id), "title": hit.title, "subtitle": hit.subtitle} for hit in hits], safe=False)
