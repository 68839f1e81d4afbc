"""The conversation on the page of every record."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration.models import Comment
from klantbeeld.platform.collaboration.queries import conversation, followers_of
from klantbeeld.platform.records.panels import Area, Panel, add_panel_everywhere, tells_a_story

KEY = "comments"
_TEMPLATE = "collaboration/panel.html"


def add_panels() -> None:
    """Put it on the pages of all types; called once, at start-up."""
    add_panel_everywhere(KEY, panel_of)


def panel_of(slug: str) -> Panel:
    """The panel of a type: in the wide column, or beside a story that its page has already."""
    area: Area = "facts" if tells_a_story(slug) else "story"
    return Panel(KEY, slug, area, 15, _("Comments"), _TEMPLATE, partial(_context, slug))


def _context(slug: str, actor: Actor, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return talk(actor, slug, row["id"])


def talk(actor: Actor, slug: str, record_id: UUID, everything: bool = False) -> dict[str, Any]:
    """The context of `collaboration/panel.html` for a record that the actor may read."""
    followers = followers_of(actor, slug, record_id)
    return {
        "talk": conversation(actor, slug, record_id, everything),
        "followers": followers,
        "following": actor.member_id in followers,
        "may_talk": actor.member_id is not None,
        "longest": Comment.LONGEST,
        "slug": slug,
        "record_id": record_id,
    }
