"""Who called: an actor, and how they came in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """An actor behind a request. `origin` is what history says of it; without a token the name is empty.

    `requests_per_minute` is the token's own limit, None for the installation's; `needs_if_match` says that it changes
    nothing without `If-Match`.
    """

    actor: Actor
    origin: str
    token_name: str = ""
    scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None
    token_id: UUID | None = None
    requests_per_minute: int | None = None
    needs_if_match: bool = False

    @property
    def scope(self) -> Scope:
        """The scope that they work in."""
        return Scope(self.actor.tenant.id, self.actor.member_id, self.origin)


def caller_of(request: HttpRequest) -> Caller:
    """Who called; every endpoint runs after authentication, so there is always someone."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found
