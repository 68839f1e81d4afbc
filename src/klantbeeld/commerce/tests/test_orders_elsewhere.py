from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klantbeeld.commerce.columns import last_months, revenue_lines, sees_all_orders
from klantbeeld.commerce.models import Order
from klantbeeld.commerce.order_source import contents
from klantbeeld.commerce.queries import revenue_by_month
from klantbeeld.customers.public import Customer
from klantbeeld.platform.customfields.public import version_of_fields
from klantbeeld.platform.kernel.clock import fixed_clock
from klantbeeld.platform.records.registry import registry

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def make(actor: Any, slug: str, **values: Any) -> Any:
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(values)


@pytest.fixture
def customers(cast: Any) -> list[Customer]:
    return [Customer.objects.create(name=f"Klant {number}", owner_id=cast.bob.member_id) for number in range(3)]


def test_revenue_falls_in_the_month_of_the_readers_clock(cast: Any, customers: list[Customer]):
    one = customers[0]
    for number, (at, total) in enumerate(
        [
            (datetime(2026, 10, 31, 23, 30, tzinfo=UTC), 10),  # November already in Amsterdam
            (datetime(2026, 11, 2, tzinfo=UTC), -4),
            (datetime(2026, 3, 2, tzinfo=UTC), 7),
        ]
    ):
        Order.objects.create(number=str(number), customer=one, placed_at=at, total=total)
    found = revenue_by_month(cast.alice, [one.id], datetime(2025, 12, 1, tzinfo=UTC))
    assert found == {one.id: {(2026, 11): Decimal(6), (2026, 3): Decimal(7)}}


def test_a_line_per_customer_who_bought_something_in_one_query(cast: Any, customers: list[Customer]):
    Order.objects.create(number="1", customer=customers[0], placed_at=NOW, total=100)
    Order.objects.create(number="2", customer=customers[1], placed_at=NOW.replace(year=2024), total=100)
    version_of_fields()  # read every few seconds, whoever asks
    with fixed_clock(NOW), CaptureQueriesContext(connection) as queries:
        drawn = revenue_lines(cast.alice, [each.id for each in customers])
    assert list(drawn) == [customers[0].id]
    assert "€" in drawn[customers[0].id]
    assert len(queries) == 1


def test_twelve_months_end_with_this_one():
    assert last_months(NOW)[0] == (2025, 12)
    assert last_months(NOW.replace(month=1))[0] == (2025, 2)
    assert last_months(NOW)[-1] == (2026, 11)


def test_sums_are_only_for_those_who_see_every_order(cast: Any, customers: list[Customer]):
    assert sees_all_orders(cast.alice)
    assert not sees_all_orders(cast.bob)
    assert "12 months" in cast.client("alice").get("/customers/").content.decode()
    assert "12 months" not in cast.client("bob").get("/customers/").content.decode()


@pytest.mark.parametrize(
    ("named", "lines", "text"),
    [
        ([], 0, ""),
        (["Fiets"], 1, "Fiets"),
        (["Fiets", "Fiets"], 2, "Fiets"),
        (["a", "b", "c"], 3, "a, b, c"),
        (["a", "b", "c"], 7, "a, b, c and 4 more"),
    ],
)
def test_what_is_in_an_order_in_words(named: list[str], lines: int, text: str):
    assert contents(named, lines) == text


def test_an_order_shows_its_lines_and_total(cast: Any, customers: list[Customer]):
    product = make(cast.alice, "products", name="Kinderzitje", sku="YEPP", price="89.95")
    order = make(cast.bob, "orders", number="NF-1", customer=customers[0].id)
    make(cast.alice, "order-lines", order=order.id, product=product.id, quantity=3, unit_price="89.95")
    page = cast.client("alice").get(f"/orders/{order.id}/").content.decode()
    assert "Kinderzitje" in page
    assert "YEPP" in page
    assert page.count("269.85") == 2  # the amount and the total
    page = cast.client("alice").get(f"/products/{product.id}/").content.decode()
    assert "NF-1" in page
    assert "Klant 0" in page


def test_who_bought_a_product_is_shown_through_the_gates(cast: Any, customers: list[Customer]):
    product = make(cast.alice, "products", name="Kinderzitje", sku="YEPP")
    other = Customer.objects.create(name="Van Carol", owner_id=cast.carol.member_id)
    for number, customer in (("NF-1", customers[0]), ("NF-2", other)):
        order = make(cast.alice, "orders", number=number, customer=customer.id)
        make(cast.alice, "order-lines", order=order.id, product=product.id, quantity=1, unit_price="1")
    page = cast.client("alice").get(f"/products/{product.id}/").content.decode()
    assert "NF-2" in page
    from klantbeeld.platform.access.models import Role

    role = Role.objects.get(name="Agent")
    role.grants = {"records": role.grants["records"] | {"products": role.grants["records"]["*"] | {"read": "all"}}}
    role.save()
    page = cast.client("bob").get(f"/products/{product.id}/").content.decode()
    assert "NF-1" in page
    assert "NF-2" not in page
    assert "Van Carol" not in page


def test_the_orders_of_a_customer_stand_on_their_page(cast: Any, customers: list[Customer]):
    one = customers[0]
    for number in range(7):
        make(cast.bob, "orders", number=f"NF-{number}", customer=one.id, placed_at=f"2026-11-0{number + 1}T12:00:00Z")
    panel = cast.client("bob").get(f"/customers/{one.id}/panel/orders").content.decode()
    assert "NF-6" in panel
    assert "NF-1" not in panel  # the last five only
    assert "from 7 orders" in panel
    link = panel.split('class="link" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "NF-1" in cast.client("bob").get(link).content.decode()
