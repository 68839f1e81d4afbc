"""What customers have bought stays right when two write at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, connections, transaction

from klantbeeld.customers.public import Customer

# Asked by the one who is waited for; the views of activity stand still within a transaction.
_WAITING = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id_if_assigned()::xid)"
)
_TRIES = 3000


def at_once(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Run the second while the first has written and not yet committed; both commit."""

    def in_thread() -> None:
        try:
            second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            running = pool.submit(copy_context().run, in_thread)
            with connection.cursor() as cursor:
                for _try in range(_TRIES):
                    cursor.execute(_WAITING)
                    if cursor.fetchone()[0] or wait([running], timeout=0.01).done:
                        break
        running.result(timeout=30)


def test_two_orders_of_one_customer_at_once_both_count(world: Any, make: Any):
    # Met later than that: nothing but the standing touches the customer's row.
    later = datetime(2030, 1, 1, tzinfo=UTC)
    piet = Customer.objects.create(name="Piet", owner_id=world.bob.member_id, last_contact_at=later)
    at_once(
        lambda: make(world.alice, "orders", number="NF-1", customer=piet.id),
        lambda: make(world.alice, "orders", number="NF-2", customer=piet.id),
    )
    assert Customer.objects.get(pk=piet.pk).order_count == 2


def test_two_lines_of_one_order_at_once_both_count(world: Any, make: Any):
    piet = Customer.objects.create(name="Piet", owner_id=world.bob.member_id)
    order = make(world.alice, "orders", number="NF-1", customer=piet.id)
    at_once(
        lambda: make(world.alice, "order-lines", order=order.id, quantity=1, unit_price="10"),
        lambda: make(world.alice, "order-lines", order=order.id, quantity=1, unit_price="32"),
    )
    order.refresh_from_db()
    assert (order.total, order.line_count) == (Decimal(42), 2)
    assert Customer.objects.get(pk=piet.pk).revenue == Decimal(42)
