"""What follows from order lines: the totals of orders, and what customers have bought."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q, Sum

from klantbeeld.commerce.enums import OrderKind
from klantbeeld.commerce.models import Order
from klantbeeld.customers.public import Standing, set_standing
from klantbeeld.platform.records.bulk import Among, uuid_array

# Order by order, by the index of their lines. As one join it would read all lines there are, with each batch of an
# import again, as long as nobody has told the planner how many there are.
_TOTALS = """
UPDATE commerce_order o SET total = s.total, line_count = s.n
  FROM unnest(%s::uuid[]) AS w(id)
 CROSS JOIN LATERAL (SELECT coalesce(sum(l.amount), 0) AS total, count(*) AS n
                       FROM commerce_orderline l WHERE l.order_id = w.id) s
 WHERE o.id = w.id
"""


def refresh_orders(order_ids: Collection[UUID]) -> None:
    """Compute total and number of lines anew, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [uuid_array(order_ids)])


def refresh_customers(customer_ids: Collection[UUID]) -> None:
    """Compute what these customers have bought anew: orders counted, credit notes subtracted from the revenue."""
    bought = {
        row["customer_id"]: row
        for row in Order.objects.filter(Among("customer_id", customer_ids, "uuid"))
        .values("customer_id")
        .annotate(n=Count("id", filter=Q(kind=OrderKind.ORDER)), at=Max("placed_at"), revenue=Sum("total"))
    }
    set_standing(
        Standing(each, row["n"], row["at"], row["revenue"])
        if (row := bought.get(each))
        else Standing(each, 0, None, Decimal(0))
        for each in customer_ids
    )
