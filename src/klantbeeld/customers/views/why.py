"""The card that says why we believe a value."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klantbeeld.customers.reasons import REACHES, reasons
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor


@require_safe
@for_actor
def show_why(request: HttpRequest, actor: Actor, customer_id: UUID, key: str) -> HttpResponse:
    """What we know of one value of a customer, the one in use first."""
    customers = registry.get("customers")
    reach = REACHES.get(key)
    if reach is None or not any(gates.readable(actor, customers, name) for name in reach.fields):
        raise NotFoundHere
    customer = one(actor, customers, customer_id, reach.fields)
    allowed = {name: customer[name] for name in reach.fields if name in customer} | {"id": customer["id"]}
    if len(allowed) <= len(reach.fields):
        # History speaks of all parts of an address; with one hidden, none of it may.
        return render(request, "customers/why.html", {"reach": reach, "reasons": []})
    return render(request, "customers/why.html", {"reach": reach, "reasons": reasons(actor, allowed, reach)})
