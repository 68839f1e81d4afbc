"""The current tenant, actor and origin: one context variable, empty until someone enters a scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


class NoTenant(Exception):
    """Something that belongs to an organisation was touched outside any organisation's scope."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose data (`tenant_id`), who acts (`actor_id`, a member; None for the system) and from where (`origin`)."""

    tenant_id: UUID
    actor_id: UUID | None = None
    origin: str = ""


_current: ContextVar[Scope | None] = ContextVar("klantbeeld_scope", default=None)
_NONE = ("", "", "")


@contextmanager
def entered(scope: Scope | None) -> Iterator[None]:
    """Work within `scope`; the one before comes back at the end, whatever happens."""
    token = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Scope:
    """The scope we are in. Raises NoTenant outside any."""
    scope = _current.get()
    if scope is None:
        raise NoTenant("No organisation is selected here.")
    return scope


def current_tenant_id() -> UUID:
    """The tenant we are in: the default of every tenant-owned row. Raises NoTenant outside any."""
    return current().tenant_id


def settings() -> tuple[str, str, str]:
    """What the database is to know: tenant, actor, origin; empty texts outside any scope, so that no row shows."""
    scope = _current.get()
    return _NONE if scope is None else settings_of(scope)


def settings_of(scope: Scope) -> tuple[str, str, str]:
    """What the database is to know of a scope."""
    return str(scope.tenant_id), str(scope.actor_id or ""), scope.origin
