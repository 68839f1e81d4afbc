"""Reading orders and their lines for what stands on other pages, always through the gates."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth

from klantbeeld.commerce.enums import OrderStatus
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records import statements
from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.statements import Gap

NAMED_LINES = 3
# The orders that count for what somebody bought.
COUNTED = ~Q(status=OrderStatus.CANCELLED)


def orders_named(actor: Actor, order_ids: Collection[UUID]) -> list[dict[str, Any]]:
    """What may be seen of these orders: id, number and, each if it may be read, kind, status, total, currency,
    line_count and `what` (the dearest things in it).
    """
    orders = registry.get("orders")
    names = [
        name for name in ("number", "kind", "status", "total", "line_count") if gates.readable(actor, orders, name)
    ]
    more: dict[str, Any] = {}
    if gates.may_read(actor, registry.get("order-lines"), "order", "description"):
        lines = registry.get("order-lines").rows(actor).filter(order=OuterRef("pk")).exclude(description="")
        more["what"] = ArraySubquery(lines.order_by("-amount", "id").values("description")[:NAMED_LINES])
    return list(orders.rows(actor).filter(id__in=order_ids).values("id", "currency", *names, **more))


def revenue_by_month(
    actor: Actor, customer_ids: Sequence[UUID], since: datetime
) -> dict[UUID, dict[tuple[int, int], Decimal]]:
    """What these customers bought per (year, month) on the actor's clock since a moment, credit notes subtracted and
    cancelled orders left out."""
    orders = registry.get("orders")
    rows = statements.rows(
        statements.key_of(actor, orders, None, "revenue by month"),
        lambda: (
            orders.rows(actor)
            .filter(COUNTED, Among("customer_id", Gap("customers"), "uuid"), placed_at__gte=Gap("since"))
            .annotate(month=TruncMonth("placed_at", tzinfo=ZoneInfo(actor.timezone)))
            .order_by()
            .values("customer_id", "month")
            .annotate(bought=Sum("total"))
        ),
        {"customers": list(customer_ids), "since": since},
    )
    found: dict[UUID, dict[tuple[int, int], Decimal]] = {}
    for row in rows:
        found.setdefault(row["customer_id"], {})[row["month"].year, row["month"].month] = row["bought"]
    return found


def lines_of(actor: Actor, order_id: UUID, size: int) -> list[dict[str, Any]]:
    """The first lines of an order, as they were entered, with the product's name where that may be read."""
    lines = registry.get("order-lines")
    names = [name for name in ("description", "quantity", "unit_price", "amount") if gates.readable(actor, lines, name)]
    more: dict[str, Any] = {}
    if gates.readable(actor, lines, "product"):
        names.append("product_id")
        if gates.may_read(actor, registry.get("products"), "name", "sku"):
            more = {"product_name": F("product__name"), "sku": F("product__sku")}
    return list(lines.rows(actor).filter(order_id=order_id).order_by("id").values("id", *names, **more)[:size])


def latest_buyers(actor: Actor, product_id: UUID, size: int) -> list[dict[str, Any]]:
    """The latest order lines of a product, the newest first, with order and customer."""
    lines = registry.get("order-lines").rows(actor)
    visible = registry.get("orders").rows(actor).filter(pk=OuterRef("order_id"))
    return list(
        lines.filter(product_id=product_id, order__in=visible.values("pk"))
        .order_by("-order__placed_at", "-id")
        .values(
            "quantity",
            "order_id",
            "order__customer_id",
            number=F("order__number"),
            placed_at=F("order__placed_at"),
        )[:size]
    )
