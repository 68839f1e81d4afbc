"""A key of an own field that was used before: what records still have under it never breaks a page."""

import pytest

from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, delete_field, save_field
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.table import Table

CHOICES = [{"value": "city", "label": "City bike"}]
VALUES = {
    "text": "about three",
    "number": 3,
    "boolean": True,
    "multi_choice": ["city"],
    "datetime": "2026-03-01T10:00:00+00:00",
}
KINDS = ("text", "long_text", "number", "money", "date", "datetime", "boolean", "choice", "multi_choice")
STRAYS = ("about three", 3, True, ["a", 3], {"a": 1}, "", "2026-99-99")


def customers():
    return registry.get("customers")


def field(cast, kind, choices=CHOICES):
    wanted = choices if "choice" in kind else []
    return save_field(cast.alice, customers(), None, FieldGiven("Bike", "bike", kind, wanted, required=False))


def left_behind(cast, kind):
    """A customer with a value under the key of a field that is gone."""
    first = field(cast, kind)
    made = customers().writer(customers(), cast.alice).create({"name": "Piet", "custom.bike": VALUES[kind]})
    delete_field(cast.alice, customers(), first.id)
    return made


@pytest.mark.parametrize(
    ("before", "after"),
    [("text", "number"), ("text", "money"), ("text", "date"), ("text", "choice"), ("text", "boolean"),
     ("number", "text"), ("boolean", "number"), ("multi_choice", "choice"), ("datetime", "date")],
)  # fmt: skip
def test_a_key_is_refused_while_records_have_values_of_another_kind(before, after, cast):
    made = left_behind(cast, before)
    with pytest.raises(Invalid) as refused:
        field(cast, after)
    assert set(refused.value.errors) == {"key"}
    customers().model.objects.filter(pk=made.pk).update(custom={})
    assert field(cast, after).key == "bike"


def test_choices_that_records_have_must_be_among_the_new_ones(cast):
    left_behind(cast, "multi_choice")
    with pytest.raises(Invalid):
        field(cast, "multi_choice", [{"value": "cargo", "label": "Cargo bike"}])


@pytest.mark.parametrize("kind", VALUES)
def test_a_key_of_the_same_kind_shows_its_values_again(kind, cast):
    made = left_behind(cast, kind)
    field(cast, kind)
    assert cast.client("alice").get(f"/customers/{made.pk}/").status_code == 200
    assert cast.client("alice").get(f"/api/v1/customers/{made.pk}").json()["custom"]["bike"] is not None


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_another_kind_breaks_no_page(kind, cast):
    field(cast, kind)
    made = customers().writer(customers(), cast.alice).create({"name": "Piet"})
    client = cast.client("alice")
    for stray in STRAYS:
        customers().model.objects.filter(pk=made.pk).update(custom={"bike": stray})
        for page in ("", f"{made.pk}/", f"{made.pk}/edit", f"{made.pk}/field/custom.bike"):
            assert client.get(f"/customers/{page}").status_code == 200, (page, stray)
        assert client.get(f"/api/v1/customers/{made.pk}").status_code == 200, stray
        assert len(list(Table(cast.alice, customers(), None, ["name", "custom.bike"], ""))) == 1
    assert client.get(f"/customers/{made.pk}/history").status_code == 200
    assert client.get(f"/api/v1/customers/{made.pk}/history").status_code == 200
