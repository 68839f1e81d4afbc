"""The pair of gates. Every surface reads through them, nothing reads around them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Mode, Reach


class Guarded(Protocol):
    """What the gates need to know of a record type."""

    slug: ClassVar[str]
    model: ClassVar[type[Model]]
    discriminator: ClassVar[Mapping[str, Any]]  # what its rows have in common, where its table holds others, too
    owner: ClassVar[str | None]  # lookup path from the model to the member who owns a row; None: rows have no owner


def owners_reached(actor: Actor, action: str, guarded: Guarded) -> Sequence[UUID] | None:
    """The members whose rows `action` reaches; None for all rows, whoever owns them; nobody when it reaches none.

    Where rows have no owner, "own" and "team" mean nothing and grant nothing.
    """
    reach = actor.grants.reach(guarded.slug, action)
    if reach is Reach.ALL:
        return None
    if reach is Reach.NONE or guarded.owner is None:
        return ()
    members = [actor.member_id] if reach is Reach.OWN else actor.colleagues
    return tuple(each for each in members if each is not None)


def reach_filter(actor: Actor, action: str, guarded: Guarded) -> Q | None:
    """The rows that `action` reaches as a filter; None when it reaches none."""
    owners = owners_reached(actor, action, guarded)
    if owners is None:
        return Q()
    if not owners:
        return None
    return Q(**{f"{guarded.owner}__in": list(owners)} if len(owners) > 1 else {str(guarded.owner): owners[0]})


def rows(actor: Actor, action: str, guarded: Guarded) -> "QuerySet[Any]":
    """The rows of a record type on which `actor` may do `action` ("read", "change", "delete", "export").

    "create" has no rows; ask `may_create`.
    """
    condition = reach_filter(actor, action, guarded)
    manager = guarded.model._default_manager
    if condition is None:
        return manager.none()
    return manager.filter(condition, tenant_id=actor.tenant.id, **guarded.discriminator)


def may_create(actor: Actor, guarded: Guarded) -> bool:
    """Whether `actor` may make such a record at all."""
    return actor.grants.reach(guarded.slug, "create") is not Reach.NONE


def may(actor: Actor, action: str, guarded: Guarded) -> bool:
    """Whether `action` reaches any row at all: enough to decide on showing a button or a menu item."""
    return actor.grants.reach(guarded.slug, action) is not Reach.NONE


def readable(actor: Actor, guarded: Guarded, name: str) -> bool:
    """Whether a field may be read."""
    return actor.grants.mode(guarded.slug, name) >= Mode.READ


def may_read(actor: Actor, guarded: Guarded, *names: str) -> bool:
    """Whether at least some rows of a type may be read, and all of these fields."""
    return may(actor, "read", guarded) and all(readable(actor, guarded, name) for name in names)


def writable(actor: Actor, guarded: Guarded, name: str) -> bool:
    """Whether a field may be written."""
    return actor.grants.mode(guarded.slug, name) >= Mode.WRITE
