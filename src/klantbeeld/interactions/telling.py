"""The context of the timeline's templates: toggles with counts, days with entries, and where the older ones are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klantbeeld.interactions.entries import Teller
from klantbeeld.interactions.enums import Channel
from klantbeeld.interactions.queries import counts, timeline
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.ui.components import CHANNELS

PLURALS: dict[str, Any] = {
    Channel.MAIL: _("Mails"),
    Channel.CALL: _("Calls"),
    Channel.MEETING: _("Meetings"),
    Channel.CHAT: _("Chats"),
    Channel.POST: _("Posts"),
    Channel.VISIT: _("Visits"),
    Channel.TICKET: _("Tickets"),
    Channel.ORDER: _("Orders"),
    Channel.NOTE: _("Notes"),
    Channel.TASK: _("Tasks"),
}


@dataclass(frozen=True, slots=True)
class Toggle:
    """A channel that may be picked; `url` is the timeline with the pick turned around."""

    name: str
    label: Any
    tone: str
    icon: str
    number: int
    url: str
    pressed: bool


def known_channels(given: Sequence[str]) -> list[str]:
    """Those of the given names that are channels, in their usual order; what isn't one is left out."""
    return [channel for channel in Channel.values if channel in given]


def called(customer: Mapping[str, Any]) -> str:
    """What we call a customer after the first mention: a person by the given name."""
    person = customer.get("kind", "person") == "person"
    return (customer.get("given_name") if person else "") or customer.get("name") or str(_("The customer"))


def told(actor: Actor, customer: Mapping[str, Any], channels: Sequence[str] = (), cursor: str = "") -> dict[str, Any]:
    """The entries of a page of a customer's timeline. Raises BadCursor."""
    customer_id = customer["id"]
    page = timeline(actor, customer_id, channels, cursor)
    url = reverse("interactions:timeline", args=[customer_id])
    pairs = [("channel", channel) for channel in channels]
    return {
        "days": Teller(actor, called(customer)).days(page),
        "story_url": _with(url, pairs),
        "next_url": _with(url, [*pairs, ("cursor", page.next)]) if page.next else "",
        "picked": channels,
        "first": not cursor,
    }


def toggles(actor: Actor, customer_id: UUID, channels: Sequence[str]) -> dict[str, Any]:
    """The toggles with their counts; a channel without entries has none, unless it is picked."""
    numbers = counts(actor, customer_id)
    url = reverse("interactions:timeline", args=[customer_id])
    made = []
    for channel, label in PLURALS.items():
        if channel not in numbers and channel not in channels:
            continue
        others = [each for each in channels if each != channel]
        wanted = known_channels([*others, *([] if channel in channels else [channel])])
        look = CHANNELS[channel]
        made.append(
            Toggle(
                channel,
                label,
                look.tone,
                look.icon,
                numbers.get(channel, 0),
                _with(url, [("channel", each) for each in wanted]),
                channel in channels,
            )
        )
    return {"toggles": made, "total": sum(numbers.values()), "all_url": url}


def _with(url: str, pairs: list[tuple[str, str]]) -> str:
    return f"{url}?{urlencode(pairs)}" if pairs else url
