"""The pair of gates. Every surface reads through them, nothing reads around them."""

from typing import Any, ClassVar, Protocol

from django.db.models import Model, Q, QuerySet

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Mode, Reach


class Guarded(Protocol):
    """What the gates need to know of a record type."""

    slug: ClassVar[str]
    model: ClassVar[type[Model]]
    owner: ClassVar[str | None]  # lookup path from the model to the member who owns a row; None: rows have no owner


def reach_filter(actor: Actor, action: str, guarded: Guarded) -> Q | None:
    """The rows that `action` reaches as a filter; None when it reaches none.

    Where rows have no owner, "own" and "team" mean nothing and grant nothing.
    """
    reach = actor.grants.reach(guarded.slug, action)
    if reach is Reach.ALL:
        return Q()
    if reach is Reach.NONE or guarded.owner is None:
        return None
    if reach is Reach.OWN:
        return Q(**{guarded.owner: actor.member_id})
    return Q(**{f"{guarded.owner}__in": list(actor.colleagues)})


def rows(actor: Actor, action: str, guarded: Guarded) -> "QuerySet[Any]":
    """The rows of a record type on which `actor` may do `action` ("read", "change", "delete", "export").

    "create" has no rows; ask `may_create`.
    """
    condition = reach_filter(actor, action, guarded)
    manager = guarded.model._default_manager
    return manager.none() if condition is None else manager.filter(condition, tenant_id=actor.tenant.id)


def may_create(actor: Actor, guarded: Guarded) -> bool:
    """Whether `actor` may make such a record at all."""
    return actor.grants.reach(guarded.slug, "create") is not Reach.NONE


def may(actor: Actor, action: str, guarded: Guarded) -> bool:
    """Whether `action` reaches any row at all: enough to decide on showing a button or a menu item."""
    return actor.grants.reach(guarded.slug, action) is not Reach.NONE


def readable(actor: Actor, guarded: Guarded, name: str) -> bool:
    """Whether a field may be read."""
    return actor.grants.mode(guarded.slug, name) >= Mode.READ


def writable(actor: Actor, guarded: Guarded, name: str) -> bool:
    """Whether a field may be written."""
    return actor.grants.mode(guarded.slug, name) >= Mode.WRITE
