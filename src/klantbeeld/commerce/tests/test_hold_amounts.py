"""Amounts that no column holds are refused, whatever they follow from."""

import pytest
from tests.factory import make

from klantbeeld.commerce.models import Order, OrderLine
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.registry import registry


def line(cast, order, **given):
    lines = registry.get("order-lines")
    return lines.writer(lines, cast.alice).create({"order": order.pk, **given})


def test_a_line_with_an_amount_that_no_column_holds_is_refused(cast):
    order = make(Order)
    with pytest.raises(Invalid) as refused:
        line(cast, order, quantity=2_000_000_000, unit_price="9999999999")
    assert set(refused.value.errors) == {"quantity"}
    assert not OrderLine.objects.exists()


def test_an_order_whose_total_no_column_holds_keeps_what_it_was(cast):
    order = make(Order)
    line(cast, order, quantity=99, unit_price="9999999999")
    with pytest.raises(Invalid, match="doesn't fit"):
        line(cast, order, quantity=99, unit_price="9999999999")
    order.refresh_from_db()
    assert (order.line_count, order.total) == (1, 99 * 9_999_999_999)
