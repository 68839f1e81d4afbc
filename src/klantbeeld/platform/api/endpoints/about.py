"""Who am I, what may I, and how does this API look to me."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from klantbeeld.platform.access.grants import ACTIONS
from klantbeeld.platform.api import query_string
from klantbeeld.platform.api.caller import Caller, caller_of
from klantbeeld.platform.api.representation import encoded
from klantbeeld.platform.api.schema.document import document
from klantbeeld.platform.records.registry import registry

router = Router()


@router.get("/me")
def me(request: HttpRequest) -> HttpResponse:
    """The caller, their organisation, and how far each action reaches per record type."""
    query_string.parameters(request, ())
    caller = caller_of(request)
    actor = caller.actor
    body = {
        "member": {"id": actor.member_id, "name": actor.name},
        "organisation": {"id": actor.tenant.id, "name": actor.tenant.name},
        "language": actor.language,
        "timezone": actor.timezone,
        "token": _token(caller),
        "rights": {
            each.slug: {action: actor.grants.reach(each.slug, action).name.lower() for action in ACTIONS}
            for each in registry.readable_by(actor)
        },
    }
    return HttpResponse(encoded(body), content_type="application/json")


@router.get("/openapi.json")
def openapi(request: HttpRequest) -> HttpResponse:
    """The API as this caller may use it: their record types, their fields, the organisation's own fields."""
    query_string.parameters(request, ())
    # The fast encoder knows no integers beyond 64 bits, and the limits of numbers are.
    text = json.dumps(document(caller_of(request).actor), default=str, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json")


def _token(caller: Caller) -> dict[str, object] | None:
    if not caller.token_name:
        return None
    return {
        "name": caller.token_name,
        "scopes": caller.scopes,
        "expires_at": caller.expires_at,
        "requests_per_minute": caller.requests_per_minute or settings.API_REQUESTS_PER_MINUTE,
        "needs_if_match": caller.needs_if_match,
    }
