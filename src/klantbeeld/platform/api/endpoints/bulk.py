"""Many records in one request."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from klantbeeld.platform.access import gates
from klantbeeld.platform.api import bodies, bulk, query_string
from klantbeeld.platform.api.caller import caller_of
from klantbeeld.platform.api.conditional import JSON
from klantbeeld.platform.api.endpoints.records import opened
from klantbeeld.platform.api.errors import IfMatchNeeded
from klantbeeld.platform.api.representation import encoded
from klantbeeld.platform.records.bulk.merging import Mode
from klantbeeld.platform.records.registry import registry

router = Router()


@router.post("/{slug}/bulk")
def write_records(request: HttpRequest, slug: str) -> HttpResponse:
    """Records made, or recognised by a key and changed: what became of each row."""
    actor = caller_of(request).actor
    record_type = registry.find(slug)
    changes_only = record_type is not None and not gates.may_create(actor, record_type)
    actor, record_type = opened(request, slug, "change" if changes_only else "create")
    query_string.parameters(request, ())
    order = bulk.order_of(actor, record_type, bodies.object_in(request))
    if caller_of(request).needs_if_match and order.mode is not Mode.CREATE:
        raise IfMatchNeeded
    result = bulk.write(actor, record_type, order)
    numbers = {name: result.number(name) for name in ("created", "changed", "unchanged", "refused")}
    return HttpResponse(encoded({**numbers, "rows": result.rows}), content_type=JSON)
