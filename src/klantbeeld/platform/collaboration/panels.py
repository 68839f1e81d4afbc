"""The conversation on the page of every record."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration.models import Comment
from klantbeeld.platform.collaboration.queries import conversation, followers_of
from klantbeeld.platform.records.panels import Panel, add_panel, panels_of
from klantbeeld.platform.records.record_type import RecordType

KEY = "comments"
_TEMPLATE = "collaboration/panel.html"


def add_panels(record_types: Iterable[RecordType]) -> None:
    """Put it on the pages of these types: in the wide column, or beside a story that a page has already."""
    for each in record_types:
        told_already = bool(panels_of(each.slug, "story"))
        context = partial(_panel, each.slug)
        if told_already:
            add_panel(Panel(KEY, each.slug, "facts", 15, _("Comments"), _TEMPLATE, context))
        else:
            add_panel(Panel(KEY, each.slug, "story", 200, _("Comments"), _TEMPLATE, context))


def _panel(slug: str, actor: Actor, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
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
