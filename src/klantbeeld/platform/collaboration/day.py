"""What colleagues have for one's day: mentions and comments, and what has changed in what one follows."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration.kinds import ASSIGNED, CHANGE, COMMENT, MENTION
from klantbeeld.platform.notifications.public import unread_of
from klantbeeld.platform.records.day_parts import DayPart, add_day_part

SHOWN = 6
_TEMPLATE = "collaboration/day.html"


def add_day() -> None:
    """Put both on the page of the day; called once, at start-up."""
    add_day_part(DayPart("colleagues", "side", 10, _("For you"), _TEMPLATE, for_you, "notifications"))
    add_day_part(DayPart("followed", "side", 20, _("What you follow"), _TEMPLATE, followed, "notifications"))


def for_you(actor: Actor) -> Mapping[str, Any] | None:
    """What was said to this member or given to them, and they haven't read yet."""
    return _unread(
        actor, (MENTION, ASSIGNED), _("Nothing new. What mentions you and what is given to you appears here.")
    )


def followed(actor: Actor) -> Mapping[str, Any] | None:
    """What was written about or changed in what this member follows, and they haven't read yet."""
    return _unread(actor, (COMMENT, CHANGE), _("Nothing new. Follow a record, and what changes in it appears here."))


def _unread(actor: Actor, kinds: tuple[str, ...], nothing: Any) -> Mapping[str, Any] | None:
    if actor.member_id is None:
        return None
    items = unread_of(actor, kinds, SHOWN)
    return {"items": items, "empty": not items, "nothing": nothing}
