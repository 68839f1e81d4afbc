"""The Online Retail data, through the importer, meets its published totals to the penny."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Count, Q, Sum

from klantbeeld.commerce.models import Order, OrderLine
from klantbeeld.customers.models import Customer
from klantbeeld.platform.access.actor import system
from klantbeeld.platform.customfields.public import CustomField, forget
from klantbeeld.platform.transfer.public import import_here
from klantbeeld.site.demo import retail


@pytest.fixture
def imported(cast, settings, tmp_path):
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path / "files"
    CustomField.objects.create(record_type="customers", key="source", label="Source", kind="text")
    forget()
    made = retail.write_lines(tmp_path / "order-lines.csv", timedelta(weeks=52))
    retail.write_products(tmp_path / "products.csv", made)
    retail.write_orders(tmp_path / "orders.csv", made)
    retail.write_customers(tmp_path / "customers.csv", made, ["bob@example.org"])
    done = [
        import_here(system(cast.tenant), slug, tmp_path / f"{slug}.csv")
        for slug in ("products", "customers", "orders", "order-lines")
    ]
    assert [each.job.state for each in done] == ["done"] * 4
    assert [each.report["refused"] for each in done] == [0] * 4


def test_the_totals_are_the_published_ones(imported):
    known = Q(order__customer__isnull=False)
    clean = known & Q(order__kind="order", quantity__gt=0, unit_price__gt=0)
    assert OrderLine.objects.aggregate(
        lines=Count("id"),
        nobody=Count("id", filter=~known),
        cancelled=Count("id", filter=Q(order__kind="credit_note")),
        total=Sum("amount"),
        clean_lines=Count("id", filter=clean),
        clean_customers=Count("order__customer", distinct=True, filter=clean),
        clean_total=Sum("amount", filter=clean),
    ) == {
        "lines": 541_909,
        "nobody": 135_080,
        "cancelled": 9_288,
        "total": Decimal("9747747.934"),
        "clean_lines": 397_884,
        "clean_customers": 4_338,
        "clean_total": Decimal("8911407.904"),
    }
    assert Order.objects.aggregate(number=Count("id"), total=Sum("total"), lines=Sum("line_count")) == {
        "number": 25_900,
        "total": Decimal("9747747.934"),
        "lines": 541_909,
    }
    assert Customer.objects.count() == 4_372
    assert set(Customer.objects.values_list("custom__source", flat=True)) == {retail.SOURCE}
