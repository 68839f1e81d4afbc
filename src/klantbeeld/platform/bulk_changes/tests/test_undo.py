"""Taking a bulk change back as a whole."""

import pytest

from klantbeeld.platform.customfields.public import CustomField, forget
from klantbeeld.platform.records.registry import registry

CUSTOMERS = registry.get("customers").model
NOTHING = {"restored": 0, "kept": 0, "barred": 0, "gone": 0, "named": []}


@pytest.fixture
def two(cast, make):
    """Two customers of Alice in different towns."""
    towns = {"Els": "Utrecht", "Jan": "Zeist"}
    return {name: make(cast.alice, "customers", name=name, city=city).pk for name, city in towns.items()}


def change(actor, record_id, **given):
    customers = registry.get("customers")
    customers.writer(customers, actor).change(record_id, given)


def values(name):
    return dict(CUSTOMERS.objects.values_list("name", name))


def test_all_get_their_former_value_back(cast, two, bulk, undo):
    done = bulk(cast.alice, "customers", field="city", value="Epe")
    assert undo(cast.alice, done) == {**NOTHING, "restored": 2}
    assert values("city") == {"Els": "Utrecht", "Jan": "Zeist"}


def test_what_a_colleague_changed_since_is_left_alone_and_named(cast, two, bulk, undo):
    done = bulk(cast.alice, "customers", field="city", value="Epe")
    change(cast.alice, two["Els"], city="Ameland")
    change(cast.alice, two["Jan"], language="nl")
    assert undo(cast.alice, done) == {**NOTHING, "restored": 1, "kept": 1, "named": [str(two["Els"])]}
    assert values("city") == {"Els": "Ameland", "Jan": "Zeist"}
    assert values("language") == {"Els": "", "Jan": "nl"}


def test_what_followed_from_the_value_goes_back_too(cast, two, bulk, undo):
    change(cast.alice, two["Els"], street="Neude 1")
    done = bulk(cast.alice, "customers", field="street", value="Oudegracht 12a")
    assert values("house_number") == {"Els": "12a", "Jan": "12a"}
    assert undo(cast.alice, done)["restored"] == 2
    assert values("street") == {"Els": "Neude", "Jan": ""}
    assert values("house_number") == {"Els": "1", "Jan": ""}


def test_an_own_field_goes_back_though_another_was_filled_in_since(cast, two, bulk, undo):
    for key in ("seats", "bikes"):
        CustomField.objects.create(record_type="customers", key=key, label=key, kind="number")
    forget()
    change(cast.alice, two["Els"], **{"custom.seats": 3})
    done = bulk(cast.alice, "customers", field="custom.seats", value="12")
    change(cast.alice, two["Jan"], **{"custom.bikes": 2})
    assert undo(cast.alice, done)["restored"] == 2
    assert values("custom") == {"Els": {"seats": 3}, "Jan": {"bikes": 2}}


def test_undoing_twice_is_offered_once(cast, two, bulk, undo):
    done = bulk(cast.alice, "customers", field="city", value="Epe")
    client = cast.client("alice")
    assert client.post(f"/bulk/{done.id}/undo").status_code == 302
    assert client.post(f"/bulk/{done.id}/undo").status_code == 404
    assert values("city") == {"Els": "Utrecht", "Jan": "Zeist"}
