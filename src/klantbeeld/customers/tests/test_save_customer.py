"""What follows from a name has to fit, too."""

import pytest

from klantbeeld.customers.models import Customer
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.registry import registry


def save(cast, **given):
    customers = registry.get("customers")
    return customers.writer(customers, cast.alice).create(given)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "v" * 150}, "name"),
        ({"name": "v" * 120 + " de Vries"}, "name"),
        ({"given_name": "Jan " * 24, "family_prefix": "van der", "family_name": "x" * 120}, "family_name"),
    ],
)
def test_a_name_of_which_a_part_is_too_long_is_refused_where_it_was_given(given, field, cast):
    with pytest.raises(Invalid) as refused:
        save(cast, **given)
    assert set(refused.value.errors) == {field}
    assert not Customer.objects.exists()


def test_a_customer_who_is_only_a_long_address_is_named_by_its_beginning(cast):
    email = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.nl"
    assert save(cast, email=email).name == email[:200]
