"""One's own notifications."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.notifications.telling import Told, told

PAGE = 40
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class Page:
    """A page of notifications, the latest first; `next` is where the next begins, "" at the end."""

    items: list[Told]
    ids: list[UUID]
    next: str


def own(actor: Actor) -> "QuerySet[Notification, Any]":
    """What this member was told. Nobody is told what the system is told."""
    return Notification.objects.filter(tenant_id=actor.tenant.id, member_id=actor.member_id or UUID(int=0))


def page(actor: Actor, unread: bool = False, after: str = "") -> Page:
    """A page of what this member was told in the product, only what is unread if so asked. A place in `after` that
    isn't one begins at the start."""
    rows = own(actor).filter(in_app=True)
    if unread:
        rows = rows.filter(read_at=None)
    place = _place(after)
    if place is not None:
        rows = rows.filter(Q(at__lt=place[0]) | Q(at=place[0], id__lt=place[1]))
    found = list(rows.order_by("-at", "-id")[: PAGE + 1])
    shown = found[:PAGE]
    following = f"{shown[-1].at.isoformat()}_{shown[-1].id}" if len(found) > PAGE else ""
    return Page(told(actor, shown), [each.id for each in shown if each.seen_at is None], following)


def unseen(actor: Actor) -> int:
    """How many this member hasn't seen yet, at most one more than MOST_COUNTED: more isn't told apart."""
    if actor.member_id is None:
        return 0
    return own(actor).filter(in_app=True, seen_at=None, read_at=None)[: MOST_COUNTED + 1].count()


def unread_of(actor: Actor, kinds: Collection[str], size: int) -> list[Told]:
    """The latest unread of some kinds, at most `size`."""
    rows = own(actor).filter(in_app=True, kind__in=kinds, read_at=None).order_by("-at", "-id")
    return told(actor, list(rows[:size]))


def _place(text: str) -> tuple[datetime, UUID] | None:
    at, _sign, key = text.rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, UUID(key)) if moment.tzinfo else None
    except ValueError:
        return None
