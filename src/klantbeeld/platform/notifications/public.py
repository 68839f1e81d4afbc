"""What others use of notifications: telling people, and saying how a kind is told."""

from klantbeeld.platform.notifications.actions.forget import forget_records, remove_old
from klantbeeld.platform.notifications.actions.notify import notify
from klantbeeld.platform.notifications.kinds import Around, Kind, Words, register_kind
from klantbeeld.platform.notifications.models import Mail, Notification
from klantbeeld.platform.notifications.queries import unread_of
from klantbeeld.platform.notifications.telling import Told, titles_of

__all__ = [
    "Around",
    "Kind",
    "Mail",
    "Notification",
    "Told",
    "Words",
    "forget_records",
    "notify",
    "register_kind",
    "remove_old",
    "titles_of",
    "unread_of",
]
