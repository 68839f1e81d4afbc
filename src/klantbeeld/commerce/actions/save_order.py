"""Creating and changing orders and their lines; totals follow from the lines."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klantbeeld.commerce.actions.refresh_totals import refresh_customers, refresh_orders
from klantbeeld.commerce.enums import OrderKind
from klantbeeld.commerce.models import Order, OrderLine
from klantbeeld.interactions.public import Channel, Direction, Entry, record
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.writing import Writer

# What the column of an amount holds: sixteen digits, four of them behind the point.
LARGEST_AMOUNT = Decimal(10) ** 12


class OrderWriter(Writer):
    """A new order stands on its customer's timeline, and counts for what the customer has bought."""

    completes = ("currency", "placed_at")

    def complete(self, record: Order, changed: set[str], created: bool) -> None:
        record.currency = (record.currency or self.actor.tenant.currency).upper()
        if record.placed_at is None:
            record.placed_at = clock.now()

    def before_save(self, instance: Order, changed: set[str], created: bool) -> None:
        self.customers_before = set(Order.objects.filter(pk=instance.pk).values_list("customer_id", flat=True))

    def after_save(self, instance: Order, changed: set[str], created: bool) -> None:
        tell_timeline([instance])
        refresh_customers({each for each in (instance.customer_id, *self.customers_before) if each})


class OrderLineWriter(Writer):
    """A line has an amount, and its order a total."""

    completes = ("amount",)

    def complete(self, record: OrderLine, changed: set[str], created: bool) -> None:
        amount = record.quantity * record.unit_price
        if abs(amount) >= LARGEST_AMOUNT:
            raise Invalid({"quantity": [_("Quantity times price is more than an order can hold.")]})
        record.amount = amount

    def before_save(self, instance: OrderLine, changed: set[str], created: bool) -> None:
        self.orders_before: set[UUID] = set(OrderLine.objects.filter(pk=instance.pk).values_list("order_id", flat=True))

    def after_save(self, instance: OrderLine, changed: set[str], created: bool) -> None:
        orders = {instance.order_id, *self.orders_before}
        refresh_orders(orders)
        refresh_customers(set(Order.objects.filter(pk__in=orders).values_list("customer_id", flat=True)) - {None})

    def delete(self, record_id: UUID) -> None:
        order = OrderLine.objects.filter(pk=record_id).values_list("order_id", "order__customer_id").first()
        super().delete(record_id)
        if order is not None:
            refresh_orders({order[0]})
            refresh_customers({order[1]} - {None})


def tell_timeline(orders: Iterable[Any]) -> None:
    """Write the orders of known customers into the ledger, once. They need not be whole: what is told of is enough."""
    record(
        Entry(
            customer_id=order.customer_id,
            at=order.placed_at,
            channel=Channel.ORDER,
            direction=Direction.OUT if order.kind == OrderKind.CREDIT_NOTE else Direction.IN,
            summary=order.number,
            source="orders",
            source_id=str(order.id),
        )
        for order in orders
        if order.customer_id is not None
    )
