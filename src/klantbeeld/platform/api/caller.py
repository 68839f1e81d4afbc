"""Who called: an actor, and how they came in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.tenancy.scope import Scope, entered


@dataclass(frozen=True, slots=True)
class Caller:
    """An actor behind a request. `origin` is what history says of it; without a token the name is empty."""

    actor: Actor
    origin: str
    token_name: str = ""
    scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None


def caller_of(request: HttpRequest) -> Caller:
    """Who called; every endpoint runs after authentication, so there is always someone."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found


def within_scope(endpoint: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: runs an endpoint in its caller's organisation and language."""

    @wraps(endpoint)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        caller = caller_of(request)
        scope = Scope(caller.actor.tenant.id, caller.actor.member_id, caller.origin)
        with entered(scope), translation.override(caller.actor.language):
            return endpoint(request, *args, **kwargs)

    return run
