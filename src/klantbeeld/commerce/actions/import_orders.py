"""Writing orders and their lines by the thousand."""

from collections.abc import Sequence
from typing import Any

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
        customers = {order.customer_id for order in (*made, *written.changed)}
        refresh_customers(customers | {before["customer_id"] for before in written.before.values()})
        tell_timeline([*made, *written.changed], written.before)

    def removed(self, instances: Sequence[Any]) -> None:
        refresh_customers({order.customer_id for order in instances})
        withdraw("orders", [str(order.pk) for order in instances])


class OrderLineBulk(BulkWriter):
    """Orders get their totals, and customers what they have bought."""

    def follow_up(self, written: Written) -> None:
        orders = written.links.get("order", set()) | {line.order_id for line in written.changed}
        orders |= {before["order_id"] for before in written.before.values()}
        refresh_orders(orders)

    def removed(self, instances: Sequence[Any]) -> None:
        refresh_orders({line.order_id for line in instances})
