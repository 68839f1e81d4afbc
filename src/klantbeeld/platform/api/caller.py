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

    @property
    def scope(self) -> Scope:
        """The scope that they work in."""
        return Scope(self.actor.tenant.id, self.actor.member_id, self.origin)


def caller_of(request: HttpRequest) -> Caller:
    """Who called; every endpoint runs after authentication, so there is always someone."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found


def within_scope(endpoint: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: runs an endpoint in its caller's organisation and language."""

    @wraps(endpoint)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        caller = caller_of(request)
        with entered(caller.scope), translation.override(caller.actor.language):
            return endpoint(request, *args, **kwargs)

    return run
