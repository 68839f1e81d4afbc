"""What follows from order lines: the totals of orders, and what customers have bought.

Rows are always locked in this order: lines, orders, customers, each by id. A sum is taken after its row is locked, so
that it holds what others have committed, and two writers never wait for each other.
"""

from collections.abc import Collection, Iterator
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q, Sum

from klantbeeld.commerce.enums import OrderKind
from klantbeeld.commerce.models import Order
from klantbeeld.commerce.queries import COUNTED
from klantbeeld.customers.public import Standing, renew_standing
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
    """Compute total and number of lines anew, and what the customers of these orders have bought."""
    rows = Order.objects.filter(Among("pk", order_ids, "uuid")).order_by("pk")
    held = dict(rows.select_for_update(no_key=True).values_list("pk", "customer_id"))
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [uuid_array(held)])
    refresh_customers(held.values())


def refresh_customers(customer_ids: Collection[UUID | None]) -> None:
    """Compute what these customers have bought anew; None stands for nobody."""
    renew_standing({each for each in customer_ids if each}, _standings)


def _standings(customer_ids: list[UUID]) -> Iterator[Standing]:
    """Orders counted, credit notes subtracted from the revenue, cancelled ones left out."""
    bought = {
        row["customer_id"]: row
        for row in Order.objects.filter(COUNTED, Among("customer_id", customer_ids, "uuid"))
        .values("customer_id")
        .annotate(n=Count("id", filter=Q(kind=OrderKind.ORDER)), at=Max("placed_at"), revenue=Sum("total"))
    }
    for each in customer_ids:
        row = bought.get(each)
        yield Standing(each, row["n"], row["at"], row["revenue"]) if row else Standing(each, 0, None, Decimal(0))
