"""The page with everything that was found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.platform.search import drawing
from klantbeeld.platform.search.finding import find

_PER_TYPE = 50


@for_actor
def show_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Up to fifty records of each type that match `?q=`."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    return render(
        request,
        "search/page.html",
        {"query": text, "groups": drawing.groups(find(actor, text, _PER_TYPE), _PER_TYPE), "most": _PER_TYPE},
    )
