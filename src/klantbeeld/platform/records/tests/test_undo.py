"""Taking a change back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.factory import make

from klantbeeld.platform.access.grants import merge
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, delete_field, save_field
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.undo import change_undoably, preview, undo

MOMENT = datetime(2026, 3, 1, 10, 0, 0, 120_000, tzinfo=UTC)


def changed(cast, slug, **values):
    """A new record, changed by Alice: its type, what it was, and the number of the change."""
    record_type = registry.get(slug)
    row = make(record_type.model)
    return record_type, row, change_undoably(cast.alice, record_type, row.pk, values)


@pytest.mark.parametrize(
    ("slug", "values"),
    [
        ("customers", {"city": "Delft", "birth_date": "1980-02-29", "stage": "former"}),
        ("products", {"price": "12.3400", "active": False}),
        ("tasks", {"done_at": MOMENT, "due_on": "2026-12-24"}),
        ("orders", {"placed_at": MOMENT + timedelta(days=1)}),
    ],
)
def test_what_a_change_replaced_comes_back(slug, values, cast):
    record_type, row, change = changed(cast, slug, **values)
    undo(cast.alice, record_type, row.pk, change)
    again = record_type.model.objects.get(pk=row.pk)
    assert [getattr(again, name) for name in values] == [getattr(row, name) for name in values]


def test_a_value_that_was_changed_again_is_left_alone(cast):
    record_type, row, first = changed(cast, "customers", city="Delft")
    record_type.writer(record_type, cast.alice).change(row.pk, {"city": "Gouda"})
    with pytest.raises(Refused):
        undo(cast.alice, record_type, row.pk, first)
    assert record_type.model.objects.get(pk=row.pk).city == "Gouda"


def test_a_change_of_another_record_is_not_found(cast):
    record_type, row, _change = changed(cast, "customers", city="Delft")
    other = Change.objects.exclude(record_id=row.pk).first()
    with pytest.raises(NotFoundHere):
        undo(cast.alice, record_type, row.pk, other.id)


def test_saving_what_is_there_already_is_nothing_to_take_back(cast):
    record_type, row, _change = changed(cast, "customers", city="Delft")
    assert change_undoably(cast.alice, record_type, row.pk, {"city": "Delft"}) is None
    answer = cast.client("alice").post(f"/customers/{row.pk}/field/city", {"city": "Delft"})
    assert json.loads(answer["HX-Trigger"])["toast"]["undo_url"] == ""


def test_a_change_of_which_a_part_may_not_be_written_is_not_taken_back_in_part(cast):
    record_type, row, change = changed(cast, "customers", city="Delft", street="Markt")
    line = {"read": "all", "change": "all", "fields": {"street": "read"}}
    bob = replace(cast.bob, grants=merge([(False, {"records": {"customers": line}})]))
    with pytest.raises(Refused):
        undo(bob, record_type, row.pk, change)
    assert record_type.model.objects.get(pk=row.pk).city == "Delft"


def test_a_change_of_an_own_field_that_is_gone_can_not_be_taken_back(cast):
    customers = registry.get("customers")
    field = save_field(cast.alice, customers, None, FieldGiven("Bike", "bike", "text", [], required=False))
    _type, row, change = changed(cast, "customers", **{"custom.bike": "Gazelle", "city": "Delft"})
    delete_field(cast.alice, customers, field.id)
    with pytest.raises(Refused):
        undo(cast.alice, customers, row.pk, change)
    assert customers.model.objects.get(pk=row.pk).city == "Delft"


@pytest.fixture
def overtaken(cast):
    """A change of city and street, of which the city was changed again."""
    record_type, row, change = changed(cast, "customers", city="Delft", street="Markt")
    record_type.writer(record_type, cast.alice).change(row.pk, {"city": "Gouda"})
    return record_type, row, change


def test_a_preview_shows_what_is_in_the_way(cast, overtaken):
    record_type, row, change = overtaken
    shown = preview(cast.alice, record_type, row.pk, change)
    assert {each.field.name: (each.now, each.back, each.touched) for each in shown.fields} == {
        "city": ("Gouda", row.city, True),
        "street": ("Markt", row.street, False),
    }
    page = cast.client("alice").post(f"/customers/{row.pk}/undo/{change}")
    assert page.status_code == 409
    assert "Gouda" in page.content.decode()
    assert record_type.model.objects.get(pk=row.pk).street == "Markt"


def test_what_was_not_changed_since_can_be_put_back_alone(cast, overtaken):
    record_type, row, change = overtaken
    cast.client("alice").post(f"/customers/{row.pk}/undo/{change}", {"how": "untouched"})
    again = record_type.model.objects.get(pk=row.pk)
    assert (again.city, again.street) == ("Gouda", row.street)


def test_all_can_be_put_back_only_over_what_was_seen(cast, overtaken):
    record_type, row, change = overtaken
    last = preview(cast.alice, record_type, row.pk, change).last
    record_type.writer(record_type, cast.alice).change(row.pk, {"city": "Leiden"})
    with pytest.raises(Refused, match="while you looked"):
        undo(cast.alice, record_type, row.pk, change, after=last)
    undo(cast.alice, record_type, row.pk, change, after=preview(cast.alice, record_type, row.pk, change).last)
    again = record_type.model.objects.get(pk=row.pk)
    assert (again.city, again.street) == (row.city, row.street)


def test_an_older_change_of_other_fields_is_undone_from_the_page_of_history(cast):
    record_type, row, change = changed(cast, "customers", city="Delft")
    record_type.writer(record_type, cast.alice).change(row.pk, {"street": "Markt"})
    client = cast.client("alice")
    assert f'action="undo/{change}"' in client.get(f"/customers/{row.pk}/history").content.decode()
    assert client.get(f"/customers/{row.pk}/undo/{change}").status_code == 200
    assert client.post(f"/customers/{row.pk}/undo/{change}").status_code == 302
    assert record_type.model.objects.get(pk=row.pk).city == row.city


def test_a_change_of_a_hidden_field_is_no_change_at_all(cast):
    record_type, row, change = changed(cast, "customers", city="Delft")
    line = {"read": "all", "change": "all", "fields": {"city": "hidden"}}
    bob = replace(cast.bob, grants=merge([(False, {"records": {"customers": line}})]))
    for attempt in (undo, preview):
        with pytest.raises(NotFoundHere):
            attempt(bob, record_type, row.pk, change)
