"""Looking up one record to link to, for the fields of forms and filters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type
from klantbeeld.platform.search import drawing
from klantbeeld.platform.search.finding import find, hits_of
from klantbeeld.platform.search.searchable import is_searchable

_MOST = 8


@of_type
def look_up(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """The records of this type that match `?q=`, as options with their id; the newest that may be seen without `q`."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if text and is_searchable(record_type):
        hits = find(actor, text, _MOST, [record_type.slug])[:_MOST]
    else:
        newest = record_type.rows(actor).order_by("-id").values_list("id", flat=True)[:_MOST]
        hits = hits_of(actor, record_type, list(newest))
    return render(request, "search/lookup.html", {"hits": [(hit, drawing.sign_of(hit)) for hit in hits], "query": text})
