"""Adding, ending and removing what belongs to a customer, on the customer's page."""

import json
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klantbeeld.customers.panels import may_add
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.records.inputs import inputs, posted
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.undo import change_undoably
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.platform.records.views.field import toast_of_change

FORMS = {
    "identifiers": ("kind", "shown", "source"),
    "addresses": ("kind", "street", "house_number", "postcode", "city", "country"),
    "relationships": ("role", "other", "function", "begins_on", "ends_on"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_actor
def add(request: HttpRequest, actor: Actor, customer_id: UUID, slug: str) -> HttpResponse:
    """GET: a small form. POST: store it and have the panel drawn anew; with errors the form again, as typed."""
    record_type = _type(slug)
    one(actor, registry.get("customers"), customer_id, ())
    if not may_add(actor, slug):
        raise NotAllowed
    writable = record_type.writable(actor)
    fields = {name: writable[name] for name in FORMS[slug] if name in writable}
    typed, errors, status = {}, {}, 200
    if request.method == "POST":
        typed = posted(actor, fields, request.POST)
        given = {name: value for name, value in typed.items() if value not in ("", None)}
        try:
            record_type.writer(record_type, actor).create({"customer": customer_id, **given})
        except Invalid as problem:
            errors, status = problem.errors, 422
        else:
            return _redrawn(slug, {"text": _("Added")})
    controls = inputs(actor, fields, typed, errors)
    whole = [str(text) for name, texts in errors.items() if name not in fields for text in texts]
    context = {"controls": controls.values(), "slug": slug, "customer_id": customer_id, "whole": whole}
    return render(request, "customers/add.html", context, status=status)


@require_POST
@for_actor
def remove(request: HttpRequest, actor: Actor, slug: str, record_id: UUID) -> HttpResponse:
    """Take an identifier or an address away; history keeps it."""
    record_type = _type(slug)
    try:
        record_type.writer(record_type, actor).delete(record_id)
    except Invalid as problem:
        return _redrawn(slug, {"text": str(problem), "tone": "bad"})
    return _redrawn(slug, {"text": _("Removed. History keeps what it was.")})


@require_POST
@for_actor
def end(request: HttpRequest, actor: Actor, record_id: UUID) -> HttpResponse:
    """Let a relationship end today; it stays in the list as one of the past."""
    record_type = _type("relationships")
    today = clock.now().astimezone(ZoneInfo(actor.timezone)).date()
    try:
        change = change_undoably(actor, record_type, record_id, {"ends_on": today})
    except Invalid as problem:
        return _redrawn("relationships", {"text": str(problem), "tone": "bad"})
    told = toast_of_change(record_type, record_id, _("Ended today"), change)
    return _redrawn("relationships", told["toast"])


def _type(slug: str) -> RecordType:
    if slug not in FORMS:
        raise NotFoundHere
    return registry.get(slug)


def _redrawn(slug: str, toast: object) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": toast, f"panel:{slug}": {}})})
