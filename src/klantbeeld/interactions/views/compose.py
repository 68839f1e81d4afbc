"""Writing down what happened, from the customer's page."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klantbeeld.interactions.actions.note_down import Kind, note_down
from klantbeeld.interactions.composing import composer
from klantbeeld.interactions.queries import may_read_timeline
from klantbeeld.interactions.telling import called, toggles, told
from klantbeeld.interactions.views.timeline import NAMING
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor


@require_POST
@for_actor
def write_down(request: HttpRequest, actor: Actor, customer_id: UUID) -> HttpResponse:
    """Store what was typed and show the timeline anew; if that can't be, the composer with all that was typed."""
    if not may_read_timeline(actor):
        raise NotFoundHere
    customer = one(actor, registry.get("customers"), customer_id, NAMING)
    context: dict[str, Any] = {"record": customer, "called": called(customer)}
    typed = request.POST.dict()
    try:
        kind = note_down(actor, customer_id, typed)
    except Invalid as problem:
        context["composer"] = composer(actor, typed, problem)
        return render(request, "interactions/composer.html", context, status=422)
    context |= told(actor, customer) | toggles(actor, customer_id, ())
    context |= {"composer": composer(actor), "swap": True, "swap_days": True}
    response = render(request, "interactions/written.html", context)
    response["HX-Trigger"] = json.dumps(
        {"toast": {"text": _said(kind)}} | ({"panel:tasks": {}} if kind is Kind.TASK else {})
    )
    return response


def _said(kind: Kind) -> str:
    texts = {
        Kind.NOTE: _("Note kept"),
        Kind.CALL: _("Call logged"),
        Kind.MEETING: _("Meeting logged"),
        Kind.MAIL: _("Mail logged"),
        Kind.TASK: _("Task added"),
    }
    return texts[kind]
