"""Numbers as people write them, on forms and by programs."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.factory import make

from klantbeeld.commerce.models import Product
from klantbeeld.platform.people.models import User
from klantbeeld.platform.records.parsing import CannotUse, parse
from klantbeeld.platform.records.registry import registry

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("language", "typed", "stored"),
    [("nl", "12,50", "12.50"), ("nl", "1.500", "1500"), ("en", "12.50", "12.50"), ("en", "1,500", "1500")],
)
def test_an_amount_is_read_as_the_language_writes_it(language, typed, stored, cast):
    User.objects.filter(id=cast.alice.user_id).update(language=language)
    client, product = cast.client("alice"), make(Product, price="99")
    assert client.post(f"/products/{product.pk}/field/price", {"price": typed}).status_code == 200
    product.refresh_from_db()
    assert product.price == Decimal(stored)
    control = client.get(f"/products/{product.pk}/field/price").content.decode()
    shown = control.partition('name="price" value="')[2].partition('"')[0]
    assert client.post(f"/products/{product.pk}/field/price", {"price": shown}).status_code == 200
    product.refresh_from_db()
    assert product.price == Decimal(stored)


@pytest.mark.parametrize("typed", ["12.50", "1_000", "1,2,3", "a lot"])
def test_what_may_mean_something_else_is_refused_with_an_example(typed, cast):
    User.objects.filter(id=cast.alice.user_id).update(language="nl")
    product = make(Product, price="99")
    answer = cast.client("alice").post(f"/products/{product.pk}/field/price", {"price": typed})
    assert answer.status_code == 422
    assert "geen getal zoals 1.234,56" in answer.content.decode()


def test_programs_write_a_point_and_nothing_else():
    price = registry.get("products").static_fields["price"]
    assert parse(price, "12.50", UTC) == parse(price, 12.5, UTC) == parse(price, Decimal("12.50"), UTC)
    for given in ("12,50", "1_000", "١٢", "NaN", "Infinity", "1 000"):
        with pytest.raises(CannotUse):
            parse(price, given, UTC)
