"""The timeline in parts: another choice of channels, and older entries as one scrolls."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klantbeeld.interactions.queries import may_read_timeline
from klantbeeld.interactions.telling import known_channels, toggles, told
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor

# What is needed to speak of a customer.
NAMING = ("name", "given_name", "kind")


@require_safe
@for_actor
def show_timeline(request: HttpRequest, actor: Actor, customer_id: UUID) -> HttpResponse:
    """Entries of `?channel=` (one, several or all) after `?cursor=`; the first page brings the toggles."""
    if not may_read_timeline(actor):
        raise NotFoundHere
    customer = one(actor, registry.get("customers"), customer_id, NAMING)
    channels = known_channels(request.GET.getlist("channel"))
    cursor = request.GET.get("cursor", "")
    try:
        context = told(actor, customer, channels, cursor)
    except Refused as problem:
        return HttpResponse(str(problem), status=problem.status, content_type="text/plain")
    if cursor:
        return render(request, "interactions/days.html", context)
    context |= toggles(actor, customer_id, channels) | {"swap": True}
    return render(request, "interactions/story.html", context)
