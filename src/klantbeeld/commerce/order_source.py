"""What the timeline says of orders."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.commerce.enums import OrderStatus
from klantbeeld.commerce.queries import NAMED_LINES, orders_named
from klantbeeld.interactions.public import Thing
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.addresses import detail_url
from klantbeeld.platform.ui import formats

LOOKS = {
    OrderStatus.OPEN: ("info", "hourglass"),
    OrderStatus.SHIPPED: ("steady", "truck"),
    OrderStatus.COMPLETED: ("ok", "check"),
    OrderStatus.CANCELLED: ("mute", "x"),
}


def order_things(actor: Actor, source_ids: Sequence[str]) -> Mapping[str, Thing]:
    """The orders behind entries of the timeline, by their id as text; those that may not be read are missing."""
    rows = orders_named(actor, [UUID(source_id) for source_id in source_ids])
    return {str(row["id"]): _thing(row, actor) for row in rows}


def _thing(row: Mapping[str, Any], actor: Actor) -> Thing:
    status = row.get("status")
    tone, glyph = LOOKS[OrderStatus(status)] if status else ("mute", "")
    currency = row["currency"] or actor.tenant.currency
    return Thing(
        reference=row.get("number") or _("an order"),
        url=detail_url("orders", row["id"]),
        title=contents(row.get("what") or [], row.get("line_count", 0)) or row.get("number", ""),
        amount=formats.money(row["total"], currency, actor.language, 2) if "total" in row else "",
        state=str(OrderStatus(status).label) if status else "",
        tone=tone,
        glyph=glyph,
    )


def contents(named: Sequence[str], line_count: int) -> str:
    """What is in an order: "Child seat, Rain cover, Winter tyre and 2 more"."""
    different = list(dict.fromkeys(named))
    more = line_count - len(named) if len(named) == NAMED_LINES else 0
    text = ", ".join(different)
    if more <= 0 or not text:
        return text
    return ngettext("%(named)s and %(number)d more", "%(named)s and %(number)d more", more) % {
        "named": text,
        "number": more,
    }
