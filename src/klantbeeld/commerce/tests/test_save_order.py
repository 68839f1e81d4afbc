"""An order that is changed or deleted leaves its customer, and the ledger, as if it had always been so."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from klantbeeld.commerce.actions.import_orders import OrderBulk
from klantbeeld.commerce.models import Order
from klantbeeld.commerce.queries import revenue_by_month
from klantbeeld.customers.public import Customer
from klantbeeld.interactions.public import Interaction
from klantbeeld.platform.kernel.clock import fixed_clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.bulk import Written
from klantbeeld.platform.records.registry import registry

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def standing(customer: Customer) -> tuple[int, Decimal, datetime | None, datetime | None]:
    """Orders, revenue, last order and last contact."""
    now = Customer.objects.get(pk=customer.pk)
    return now.order_count, now.revenue, now.last_order_at, now.last_contact_at


def told(customer: Customer) -> list[tuple[str, datetime]]:
    """The customer's part of the ledger."""
    return list(Interaction.objects.filter(customer=customer).order_by("at").values_list("summary", "at"))


@pytest.fixture
def order(cast: Any, piet: Any, make: Any) -> Order:
    made = make(cast.alice, "orders", number="NF-1", customer=piet.id, placed_at=NOON.isoformat())
    make(cast.alice, "order-lines", order=made.id, quantity=2, unit_price="21")
    assert standing(piet) == (1, Decimal(42), NOON, NOON)
    return made


def test_a_deleted_order_leaves_nothing_with_its_customer(cast: Any, piet: Any, order: Order, delete: Any):
    delete(cast.alice, "orders", order)
    assert standing(piet) == (0, Decimal(0), None, None)
    assert told(piet) == []


def test_a_cancelled_order_is_no_revenue(cast: Any, piet: Any, order: Order, change: Any):
    change(cast.alice, "orders", order, status="cancelled")
    assert standing(piet)[:3] == (0, Decimal(0), None)
    assert revenue_by_month(cast.alice, [piet.id], NOON.replace(month=1)) == {}
    change(cast.alice, "orders", order, status="open")
    assert standing(piet)[:3] == (1, Decimal(42), NOON)


def test_an_order_that_moves_to_another_customer_takes_its_entry_along(
    cast: Any, piet: Any, klaas: Any, order: Order, change: Any
):
    change(cast.alice, "orders", order, customer=str(klaas.id))
    assert (told(piet), told(klaas)) == ([], [("NF-1", NOON)])
    assert standing(piet) == (0, Decimal(0), None, None)
    assert standing(klaas) == (1, Decimal(42), NOON, NOON)


@pytest.mark.parametrize(
    ("given", "entry"),
    [
        ({"placed_at": "2026-11-19T12:00:00Z"}, ("NF-1", NOON.replace(day=19))),
        ({"number": "NF-2"}, ("NF-2", NOON)),
        ({"status": "shipped"}, ("NF-1", NOON)),
    ],
)
def test_the_ledger_says_what_the_order_says(
    cast: Any, piet: Any, order: Order, change: Any, given: dict[str, str], entry: tuple[str, datetime]
):
    change(cast.alice, "orders", order, **given)
    assert told(piet) == [entry]
    assert standing(piet) == (1, Decimal(42), entry[1], entry[1])


def test_orders_that_an_import_moves_take_their_entries_along(cast: Any, piet: Any, klaas: Any, order: Order):
    orders = registry.get("orders")
    before = {order.pk: {name: getattr(order, name) for name in ("customer_id", "placed_at", "kind", "number")}}
    Order.objects.update(customer=klaas)
    moved = Order.objects.get()
    OrderBulk(orders, cast.alice, {}, "").follow_up(Written(changed=[moved], before=before))
    assert (told(piet), told(klaas)) == ([], [("NF-1", NOON)])
    assert standing(klaas) == (1, Decimal(42), NOON, NOON)


def test_a_line_goes_with_its_part_of_the_total_or_not_at_all(cast: Any, order: Order, delete: Any, monkeypatch: Any):
    from klantbeeld.commerce.actions import save_order

    def broken(*_given: Any) -> None:
        raise Invalid("Out of order.")

    line = order.lines.get()
    monkeypatch.setattr(save_order, "refresh_orders", broken)
    with pytest.raises(Invalid):
        delete(cast.alice, "order-lines", line)
    assert order.lines.count() == 1


def test_an_order_in_another_currency_is_refused_in_words(cast: Any, piet: Any, make: Any, order: Order, change: Any):
    with pytest.raises(Invalid) as refused:
        make(cast.alice, "orders", number="NF-9", customer=piet.id, currency="USD")
    assert refused.value.errors == {"currency": ["Orders are kept in EUR here, so their amounts can be added up."]}
    with pytest.raises(Invalid):
        change(cast.alice, "orders", order, currency="GBP")
    assert make(cast.alice, "orders", number="NF-9", currency="EUR").currency == "EUR"


def test_an_order_from_before_in_another_currency_can_still_be_changed(
    cast: Any, order: Order, change: Any, delete: Any
):
    Order.objects.update(currency="USD")
    assert change(cast.alice, "orders", order, status="shipped").currency == "USD"


def test_an_order_is_placed_now_when_nobody_says_when_and_can_not_lose_its_moment(cast: Any):
    orders = registry.get("orders")
    writer = orders.writer(orders, cast.alice)
    with fixed_clock(NOON):
        made = writer.create({"number": "NF-9", "placed_at": ""})
    assert Order.objects.get(pk=made.pk).placed_at == NOON
    with pytest.raises(Invalid) as refused:
        writer.change(made.pk, {"placed_at": None})
    assert list(refused.value.errors) == ["placed_at"]
    assert Order.objects.get(pk=made.pk).placed_at == NOON
