"""Changing a field of many records."""

import pytest

from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.bulk_changes import starting
from klantbeeld.platform.bulk_changes.instruction import read
from klantbeeld.platform.bulk_changes.tests.conftest import stored
from klantbeeld.platform.customfields.public import CustomField, forget
from klantbeeld.platform.events.models import Outbox
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.registry import registry

CUSTOMERS = registry.get("customers").model
IN_UTRECHT = {"field": "city", "op": "is", "value": "Utrecht"}


@pytest.fixture
def three(cast, make):
    """Three customers of Alice, two of whom live in Utrecht."""
    towns = {"Els": "Utrecht", "Jan": "Utrecht", "Fatima": "Epe"}
    return {name: make(cast.alice, "customers", name=name, city=city).pk for name, city in towns.items()}


def cities():
    return dict(CUSTOMERS.objects.values_list("name", "city"))


def test_a_value_is_set_in_all_that_match_and_what_has_it_is_left(cast, three, bulk):
    done = bulk(cast.alice, "customers", field="city", value="Epe")
    assert (done.report["changed"], done.report["same"]) == (2, 1)
    assert set(cities().values()) == {"Epe"}


def test_each_record_gets_one_entry_in_history_and_one_event_with_the_change_as_origin(cast, three, bulk):
    Outbox.objects.all().delete()
    done = bulk(cast.alice, "customers", condition=IN_UTRECHT, field="city", value="Epe")
    told = Change.objects.filter(origin=f"bulk change {done.job_id}", table="customers_customer")
    assert sorted(told.values_list("record_id", flat=True)) == sorted([three["Els"], three["Jan"]])
    assert {each.actor_id for each in told} == {cast.alice.member_id}
    events = Outbox.objects.filter(name="customers.changed").values_list("payload", flat=True)
    assert sorted(each["id"] for each in events) == sorted(str(three[name]) for name in ("Els", "Jan"))
    assert all(each["fields"] == ["city"] for each in events)


def test_what_is_made_after_picking_stays_out_of_it(cast, three, bulk, make):
    picked = stored(cast.alice, "customers", condition=IN_UTRECHT, field="city", value="Epe")
    make(cast.alice, "customers", name="Later", city="Utrecht")
    starting.claim(cast.alice, picked, 0)
    assert starting.begin(picked).report["changed"] == 2
    assert cities()["Later"] == "Utrecht"


def test_a_field_with_rules_is_completed_as_the_form_does(cast, three, bulk):
    done = bulk(cast.alice, "customers", [three["Els"]], field="street", value="Oudegracht 12a")
    assert done.report["changed"] == 1
    one = CUSTOMERS.objects.get(pk=three["Els"])
    assert (one.street, one.house_number) == ("Oudegracht", "12a")


def test_a_number_that_is_given_once_is_refused_for_all_but_the_first(cast, three, bulk):
    done = bulk(cast.alice, "customers", field="external_id", value="K1")
    assert (done.report["changed"], done.report["refused"]) == (1, 2)
    assert done.report["reasons"] == {"There is a customer with this number already.": 2}


def test_an_own_field_is_set_and_cleared_beside_the_others(cast, three, bulk):
    for key, kind in (("seats", "number"), ("since_when", "date")):
        CustomField.objects.create(record_type="customers", key=key, label=key, kind=kind)
    forget()
    bulk(cast.alice, "customers", field="custom.since_when", value="2024-02-29")
    bulk(cast.alice, "customers", field="custom.seats", value="12")
    assert CUSTOMERS.objects.get(pk=three["Els"]).custom == {"since_when": "2024-02-29", "seats": 12}
    assert bulk(cast.alice, "customers", field="custom.seats", value="12").report["same"] == 3
    bulk(cast.alice, "customers", field="custom.seats", how="clear")
    assert CUSTOMERS.objects.get(pk=three["Els"]).custom == {"since_when": "2024-02-29"}


def test_choices_are_added_and_taken_away(cast, three, bulk):
    choices = [{"value": each, "label": each} for each in ("red", "green", "blue")]
    CustomField.objects.create(
        record_type="customers", key="colours", label="Colours", kind="multi_choice", choices=choices
    )
    forget()
    bulk(cast.alice, "customers", [three["Els"]], field="custom.colours", value=["blue"])
    done = bulk(cast.alice, "customers", field="custom.colours", how="add", value=["green"])
    assert done.report["changed"] == 3
    assert CUSTOMERS.objects.get(pk=three["Els"]).custom["colours"] == ["green", "blue"]
    done = bulk(cast.alice, "customers", field="custom.colours", how="remove", value=["blue"])
    assert (done.report["changed"], done.report["same"]) == (1, 2)


def test_records_are_dealt_out_among_colleagues_in_turn(cast, three, bulk):
    members = [str(cast.bob.member_id), str(cast.carol.member_id)]
    bulk(cast.alice, "customers", field="owner", how="spread", value=members)
    owners = list(CUSTOMERS.objects.order_by("pk").values_list("owner_id", flat=True))
    assert owners == [cast.bob.member_id, cast.carol.member_id, cast.bob.member_id]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"field": "name", "how": "frobnicate", "value": "x"}, "name"),
        ({"field": "revenue", "value": "1"}, "field"),
        ({"field": "nothing", "value": "1"}, "field"),
        ({"field": "birth_date", "value": "31-02-2024"}, "birth_date"),
        ({"field": "city", "value": ""}, "city"),
        ({"field": "owner", "how": "spread", "value": ["x"]}, "owner"),
        ({"field": "owner", "value": "00000000-0000-0000-0000-000000000000"}, "owner"),
    ],
)
def test_what_can_not_be_done_is_told_by_the_name_of_the_field(cast, given, where):
    with pytest.raises(Invalid) as problem:
        read(cast.alice, registry.get("customers"), given)
    assert set(problem.value.errors) == {where}


def test_a_field_that_is_needed_can_not_be_cleared(cast):
    with pytest.raises(Invalid):
        read(cast.alice, registry.get("tasks"), {"field": "title", "how": "clear"})
