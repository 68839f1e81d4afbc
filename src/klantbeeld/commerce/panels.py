"""What orders add to the pages of customers, orders and products."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from klantbeeld.commerce.enums import OrderStatus
from klantbeeld.commerce.order_source import LOOKS
from klantbeeld.commerce.queries import latest_buyers, lines_of
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.addresses import detail_url, list_url
from klantbeeld.platform.records.panels import Panel, add_panel
from klantbeeld.platform.records.reading import Query, page
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.related_panel import list_of_related
from klantbeeld.platform.ui import formats

ORDERS_SHOWN = 5
LINES_SHOWN = 100
BUYERS_SHOWN = 10


def orders_panel(actor: Actor, customer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The latest orders of a customer, and what they bought in all."""
    if not gates.may_read(actor, registry.get("orders"), "customer", "number"):
        return None
    orders = registry.get("orders")
    related = next(each for each in registry.get("customers").related if each.name == "orders")
    query = Query(size=ORDERS_SHOWN, within=(related.link, customer["id"]))
    found = page(actor, orders, query, ("number", "placed_at", "status", "kind", "total"))
    return {
        "orders": [_order(row, actor) for row in found.rows],
        "more_orders": bool(found.next),
        "orders_url": list_of_related(related, customer["id"]),
        "currency": actor.tenant.currency,
    }


def _order(row: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    status = row.get("status")
    tone, _glyph = LOOKS[OrderStatus(status)] if status else ("mute", "")
    now, zone = clock.now(), ZoneInfo(actor.timezone)
    placed = formats.ago(row["placed_at"], now, actor.language, zone) if row.get("placed_at") else None
    return {
        "number": row["number"],
        "url": detail_url("orders", row["id"]),
        "placed": placed,
        "status": OrderStatus(status).label if status else "",
        "credit": row.get("kind") == "credit_note",
        "tone": tone,
        "total": row.get("total"),
        "currency": row.get("currency") or actor.tenant.currency,
    }


def lines_panel(actor: Actor, order: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The lines of an order as its own paper would show them."""
    lines = registry.get("order-lines")
    if not gates.may_read(actor, registry.get("order-lines"), "order"):
        return None
    rows = lines_of(actor, order["id"], LINES_SHOWN + 1)
    related = next(each for each in registry.get("orders").related if each.name == "lines")
    base = list_url("products")
    return {
        "lines": [
            line | {"product_url": f"{base}{line['product_id']}/" if line.get("product_id") and "sku" in line else ""}
            for line in rows[:LINES_SHOWN]
        ],
        "priced": gates.readable(actor, lines, "unit_price"),
        "summed": gates.readable(actor, lines, "amount"),
        "more_lines": len(rows) > LINES_SHOWN,
        "lines_url": list_of_related(related, order["id"]),
        "currency": order.get("currency") or actor.tenant.currency,
        "may_add": gates.may_create(actor, lines) and gates.writable(actor, lines, "order"),
    }


def buyers_panel(actor: Actor, product: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who bought a product last."""
    needed = ("order", "product", "quantity")
    lines, orders = registry.get("order-lines"), registry.get("orders")
    if not gates.may_read(actor, lines, *needed) or not gates.may_read(actor, orders, "number", "placed_at"):
        return None
    rows = latest_buyers(actor, product["id"], BUYERS_SHOWN)
    related = next(each for each in registry.get("products").related if each.name == "lines")
    names = _names(actor, {row["order__customer_id"] for row in rows})
    now, zone = clock.now(), ZoneInfo(actor.timezone)
    for row in rows:
        row["customer"] = names.get(row["order__customer_id"])
        row["url"] = detail_url("orders", row["order_id"])
        row["placed"] = formats.ago(row["placed_at"], now, actor.language, zone)
    return {"buyers": rows, "lines_url": list_of_related(related, product["id"])}


def _names(actor: Actor, customer_ids: set[UUID | None]) -> dict[UUID, dict[str, Any]]:
    customers, orders = registry.get("customers"), registry.get("orders")
    if not gates.may_read(actor, customers, "name") or not gates.may_read(actor, orders, "customer"):
        return {}
    rows = customers.rows(actor).filter(id__in=customer_ids - {None}).values("id", "name")
    return {row["id"]: row | {"url": detail_url("customers", row["id"])} for row in rows}


def add_panels() -> None:
    """Put them on the pages; called once, at start-up."""
    add_panel(Panel("orders", "customers", "facts", 20, _("Orders"), "commerce/orders.html", orders_panel))
    add_panel(Panel("lines", "orders", "story", 10, _("Lines"), "commerce/lines.html", lines_panel))
    add_panel(Panel("lines", "products", "story", 10, _("Bought last by"), "commerce/buyers.html", buyers_panel))
