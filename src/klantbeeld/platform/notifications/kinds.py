"""The kinds of things that people are told of: a closed registry that refuses duplicates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.notifications.models import Mail, Notification

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around some notifications: for whom they are told, the names of colleagues by id, and what
    records are called, by type and id; a record that `actor` may not read isn't there."""

    actor: Actor
    names: Mapping[UUID, str]
    titles: Mapping[tuple[str, UUID], str]

    def name(self, notification: Notification) -> str:
        """Who did it; "" when nobody did."""
        return self.names.get(notification.by, "") if notification.by else ""

    def title(self, notification: Notification) -> str:
        """What the record is called."""
        if notification.record_id is None:
            return ""
        return self.titles.get((notification.record_type, notification.record_id), "")


@dataclass(frozen=True, slots=True)
class Words:
    """A notification in words: one sentence, and what was said, if anything. Plain text in the reader's language."""

    sentence: str
    quote: str = ""


Tell = Callable[[Around, Sequence[Notification]], Mapping[UUID, Words]]


@dataclass(frozen=True)
class Kind:
    """One kind of thing. `name` never changes, since it is stored; `label` says it in the settings.

    `tell` puts several into words at once, by id; what it leaves out isn't shown. It gets no notification about a
    record that the reader may not read. `mail` is how often it is mailed until somebody says otherwise.
    """

    name: str
    label: "StrOrPromise"
    icon: str
    tell: Tell
    mail: Mail = Mail.DAILY
    order: int = 100


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Add a kind. Raises ValueError when its name is taken."""
    if kind.name in _kinds:
        raise ValueError(f"There is a kind of notification {kind.name!r} already.")
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """All kinds, in the order of the settings."""
    return sorted(_kinds.values(), key=lambda each: each.order)


def kind_of(name: str) -> Kind | None:
    """The kind of that name; None for one that the installation doesn't know any more."""
    return _kinds.get(name)
