"""Creating, changing and deleting orders and their lines; totals follow from the lines."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from klantbeeld.commerce.actions.refresh_totals import refresh_customers, refresh_orders
from klantbeeld.commerce.enums import OrderKind
from klantbeeld.commerce.models import Order, OrderLine
from klantbeeld.interactions.public import Channel, Direction, Entry, record, withdraw
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.writing import Writer

# What the column of an amount holds: sixteen digits, four of them behind the point.
LARGEST_AMOUNT = Decimal(10) ** 12
# What the ledger says of an order.
TOLD = ("customer_id", "placed_at", "kind", "number")


class OrderWriter(Writer):
    """An order stands on its customer's timeline, and counts for what the customer has bought."""

    completes = ("currency", "placed_at")

    def complete(self, record: Order, changed: set[str], created: bool) -> None:
        ours = self.actor.tenant.currency
        record.currency = (record.currency or ours).upper()
        if record.currency != ours and (created or "currency" in changed):
            why = _("Orders are kept in %(code)s here, so their amounts can be added up.") % {"code": ours}
            raise Invalid({"currency": [why]})
        if record.placed_at is None:
            if not created:
                raise Invalid({"placed_at": [_("This is needed.")]})
            record.placed_at = clock.now()

    def _locked(self, record_id: UUID, action: str) -> Model:
        if action == "delete":
            # Its lines go with it, and lines are locked before their order.
            list(OrderLine.objects.filter(order_id=record_id).order_by("pk").select_for_update().values_list("pk"))
        return super()._locked(record_id, action)

    def before_save(self, instance: Order, changed: set[str], created: bool) -> None:
        self.before = {row["pk"]: row for row in Order.objects.filter(pk=instance.pk).values("pk", *TOLD)}

    def after_save(self, instance: Order, changed: set[str], created: bool) -> None:
        refresh_customers({instance.customer_id, *(row["customer_id"] for row in self.before.values())})
        tell_timeline([instance], self.before)

    def after_delete(self, instance: Order) -> None:
        refresh_customers({instance.customer_id})
        withdraw("orders", [str(instance.pk)])


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
        refresh_orders({instance.order_id, *self.orders_before})

    def after_delete(self, instance: OrderLine) -> None:
        refresh_orders({instance.order_id})


def tell_timeline(orders: Iterable[Any], before: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Write the orders of known customers into the ledger, once. They need not be whole: what is told of is enough.

    `before` is what orders that were there already were, by id: where the ledger would say something else now, their
    entry is withdrawn and written anew.
    """
    orders = list(orders)
    withdraw(
        "orders",
        [
            str(order.id)
            for order in orders
            if order.id in before and any(before[order.id][name] != getattr(order, name) for name in TOLD)
        ],
    )
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
