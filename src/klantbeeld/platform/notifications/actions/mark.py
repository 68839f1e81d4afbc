"""Seeing, reading and putting aside what one was told."""

from collections.abc import Collection
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.notifications.actions.notify import tell_live
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.notifications.queries import own


def mark_read(actor: Actor, notification_id: UUID, read: bool = True) -> Notification:
    """Mark one of one's own as read or as unread again; what was read isn't mailed. Raises NotFoundHere."""
    found = own(actor).filter(id=notification_id).first()
    if found is None:
        raise NotFoundHere
    now = clock.now()
    found.read_at = (found.read_at or now) if read else None
    found.seen_at = found.seen_at or now
    found.mail_at = None
    found.save(update_fields=["read_at", "seen_at", "mail_at"])
    _tell(actor)
    return found


def mark_all_read(actor: Actor) -> int:
    """Mark all of one's own as read; how many weren't."""
    now = clock.now()
    number = own(actor).filter(read_at=None).update(read_at=now, mail_at=None)
    _tell(actor)
    return number


def mark_seen(actor: Actor, ids: Collection[UUID]) -> None:
    """Note that these stood on the screen: they count as news no longer, and aren't mailed."""
    unseen = own(actor).filter(id__in=ids, seen_at=None)
    if unseen.update(seen_at=clock.now(), mail_at=None):
        _tell(actor)


def _tell(actor: Actor) -> None:
    if actor.member_id is not None:
        tell_live([actor.member_id])
