"""What follows from order lines: the totals of orders, and what customers have bought."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q, Sum

from klantbeeld.commerce.enums import OrderKind
from klantbeeld.commerce.models import Order
from klantbeeld.customers.public import Standing, set_standing

_TOTALS = """
UPDATE commerce_order o SET total = s.total, line_count = s.n
  FROM (SELECT w.id, coalesce(sum(l.amount), 0) AS total, count(l.id) AS n
          FROM unnest(%s::uuid[]) AS w(id) LEFT JOIN commerce_orderline l ON l.order_id = w.id
         GROUP BY w.id) s
 WHERE o.id = s.id
"""


def refresh_orders(order_ids: Collection[UUID]) -> None:
    """Compute total and number of lines anew, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [list(order_ids)])


def refresh_customers(customer_ids: Collection[UUID]) -> None:
    """Compute what these customers have bought anew: orders counted, credit notes subtracted from the revenue."""
    bought = {
        row["customer_id"]: row
        for row in Order.objects.filter(customer_id__in=customer_ids)
        .values("customer_id")
        .annotate(n=Count("id", filter=Q(kind=OrderKind.ORDER)), at=Max("placed_at"), revenue=Sum("total"))
    }
    set_standing(
        Standing(each, row["n"], row["at"], row["revenue"])
        if (row := bought.get(each))
        else Standing(each, 0, None, Decimal(0))
        for each in customer_ids
    )
