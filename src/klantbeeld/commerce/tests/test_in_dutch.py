"""What belongs to commerce has its own words in Dutch."""

from django.utils.translation import override

from klantbeeld.commerce.models import Order
from klantbeeld.platform.customfields.models import OFFERED_KINDS


def test_an_order_has_a_number_and_an_own_field_holds_one():
    with override("nl"):
        assert str(Order._meta.get_field("number").verbose_name) == "nummer"
        assert str(dict(OFFERED_KINDS)["number"]) == "getal"
