"""Writing orders and their lines by the thousand."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from klantbeeld.commerce.actions.refresh_totals import refresh_customers, refresh_orders
from klantbeeld.commerce.actions.save_order import tell_timeline
from klantbeeld.commerce.models import Order
from klantbeeld.interactions.public import withdraw
from klantbeeld.platform.records.bulk import Among, BulkWriter, Written


class OrderBulk(BulkWriter):
    """New orders stand on their customers' timelines, and count for what these have bought."""

    def follow_up(self, written: Written) -> None:
        rows = Order.objects.filter(Among("pk", written.created, "uuid"))
        made: list[Any] = list(rows.values_list("id", "customer_id", "placed_at", "kind", "number", named=True))
        tell_timeline([*made, *written.changed])
        customers = {order.customer_id for order in (*made, *written.changed)}
        customers |= {before["customer_id"] for before in written.before.values()}
        refresh_customers(customers - {None})

    def removing(self, instances: Sequence[Any]) -> None:
        withdraw("orders", [str(order.pk) for order in instances])

    def removed(self, instances: Sequence[Any]) -> None:
        refresh_customers({order.customer_id for order in instances} - {None})


class OrderLineBulk(BulkWriter):
    """Orders get their totals, and customers what they have bought."""

    def follow_up(self, written: Written) -> None:
        orders = written.links.get("order", set()) | {line.order_id for line in written.changed}
        orders |= {before["order_id"] for before in written.before.values()}
        refresh(orders)

    def removed(self, instances: Sequence[Any]) -> None:
        refresh({line.order_id for line in instances})


def refresh(orders: Collection[UUID]) -> None:
    """Compute the totals of orders anew, and what their customers have bought."""
    refresh_orders(orders)
    customers = Order.objects.filter(Among("pk", orders, "uuid")).values_list("customer_id", flat=True)
    refresh_customers(set(customers) - {None})
