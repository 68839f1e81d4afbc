"""Telling members that something happened."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from klantbeeld.platform.jobs.progress import LIVE_CHANNEL
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.notifications.kinds import kind_of
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.notifications.preferences import Wish, wishes
from klantbeeld.platform.tenancy.scope import current, current_tenant_id

Record = tuple[str, UUID]


def notify(
    kind: str,
    members: Iterable[UUID],
    record: Record | None = None,
    about: Mapping[str, Any] | None = None,
    key: str = "",
    merge: bool = False,
) -> None:
    """Tell members of something that the actor of the current scope did, in the current transaction.

    Who did it is left out, and so is who may not come in or wants to hear nothing of this kind. That they may see the
    `record` (slug and id) is looked at when it is shown; callers ask it beforehand where the mere number would tell.
    `about` is JSON that the kind puts into words. A `key` that a member was told of before isn't told again. With
    `merge` one that is still unread is brought up to date instead: its lists in `about` get what is new in them.
    Raises KeyError for a kind that isn't registered.
    """
    known = kind_of(kind)
    if known is None:
        raise KeyError(kind)
    by, now = current().actor_id, clock.now()
    wanted = wishes(known, set(members) - {by})
    renewed = _renew(kind, wanted, record, about or {}, now) if merge and record else set()
    slug, record_id = record or ("", None)
    made = [
        Notification(
            member_id=member_id,
            kind=kind,
            record_type=slug,
            record_id=record_id,
            by=by,
            about=dict(about or {}),
            key=key,
            at=now,
            in_app=wish.in_app,
            mail_at=wish.mail_at(now),
        )
        for member_id, wish in wanted.items()
        if member_id not in renewed and (wish.in_app or wish.mail_at(now))
    ]
    Notification.objects.bulk_create(made, ignore_conflicts=True)
    tell_live([*renewed, *(each.member_id for each in made)])


def _renew(
    kind: str, wanted: Mapping[UUID, Wish], record: Record, about: Mapping[str, Any], now: datetime
) -> set[UUID]:
    unread = Notification.objects.select_for_update().filter(
        member_id__in=wanted, kind=kind, record_type=record[0], record_id=record[1], read_at=None, mailed_at=None
    )
    renewed = set()
    for each in unread.filter(by=current().actor_id).order_by("id"):
        if each.member_id in renewed:
            continue
        each.about = _merged(each.about, about)
        each.at, each.seen_at = now, None
        each.mail_at = each.mail_at or wanted[each.member_id].mail_at(now)
        each.save(update_fields=["about", "at", "seen_at", "mail_at"])
        renewed.add(each.member_id)
    return renewed


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **old,
        **{
            name: [*old[name], *(part for part in value if part not in old[name])]
            if isinstance(value, list) and isinstance(old.get(name), list)
            else value
            for name, value in new.items()
        },
    }


def tell_live(members: Iterable[UUID]) -> None:
    """Have the browsers of these members look anew after the commit: what they see of notifications has changed."""
    with connection.cursor() as cursor:
        for member_id in sorted(set(members)):
            message = f"{current_tenant_id()} notifications {member_id}"
            cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, message])
