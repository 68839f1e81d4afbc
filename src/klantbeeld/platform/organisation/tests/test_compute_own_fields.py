from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from klantbeeld.platform.access.actor import of_member
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.tests.conftest import token_of
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, delete_field, save_field
from klantbeeld.platform.organisation.actions.save_type import TypeGiven, save_type
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.table import Table

DUE = "31\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2027"


def make(actor, slug, **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


def add(actor, slug, label, kind, target="", **said):
    given = FieldGiven(label, label.lower(), kind, [], False, in_list=True, target=target, settings=said)
    return save_field(actor, registry.get(slug), None, given)


def value(actor, slug, record, name):
    record_type = registry.get(slug)
    row = reading.one(actor, record_type, record.id)
    return reading.value_of(row, record_type.readable(actor)[name])


@pytest.fixture
def machines(cast):
    """Machines with formulas over their price, number and date, and customers with roll-ups over them."""
    save_type(cast.alice, None, TypeGiven("machines", "machine", "machines", "", "tool"))
    add(cast.alice, "machines", "Customer", "link", target="customers")
    add(cast.alice, "machines", "Price", "money")
    add(cast.alice, "machines", "Number", "number")
    add(cast.alice, "machines", "Bought", "date")
    add(cast.alice, "machines", "Worth", "formula", formula="custom.price * custom.number")
    add(cast.alice, "machines", "Due", "formula", formula="addmonths(custom.bought, 12)")
    for label, measure, measured in (
        ("Machines", "count", ""),
        ("Spent", "sum", "custom.price"),
        ("Dearest", "max", "custom.price"),
        ("First", "min", "custom.bought"),
    ):
        add(cast.alice, "customers", label, "roll_up", relation="machines-customer", measure=measure, measured=measured)
    return registry.get("machines")


@pytest.fixture
def marieke(cast, machines):
    customer = make(cast.bob, "customers", name="Marieke")
    for price, number, bought in (("10.50", "2", "2026-01-31"), ("30", None, None)):
        given = {"custom.price": price, "custom.number": number, "custom.bought": bought}
        make(cast.bob, "machines", name=f"SN-{price}", **{"custom.customer": customer.id}, **given)
    return customer


def test_a_formula_is_worked_out_wherever_the_record_is_read(cast, marieke):
    rows = reading.page(
        cast.bob, registry.get("machines"), reading.Query(), ["name", "custom.worth", "custom.due"]
    ).rows
    assert [(row["own_worth"], str(row["own_due"])) for row in rows] == [(Decimal(21), "2027-01-31"), (None, "None")]
    page = cast.client("bob").get("/machines/").content.decode()
    assert '<td class="num" data-drop data-col="custom.worth">21</td>' in page
    assert DUE in page
    first = registry.get("machines").rows(cast.bob).get(name="SN-10.50")
    assert DUE in cast.client("bob").get(f"/machines/{first.id}/").content.decode()
    assert 'name="custom.worth"' not in cast.client("bob").get(f"/machines/{first.id}/edit").content.decode()


def test_a_roll_up_measures_what_points_to_the_record(cast, marieke):
    found = [
        value(cast.bob, "customers", marieke, f"custom.{name}") for name in ("machines", "spent", "dearest", "first")
    ]
    assert found == [2, Decimal("40.5"), 30, date(2026, 1, 31)]
    alone = make(cast.bob, "customers", name="Piet")
    found = [
        value(cast.bob, "customers", alone, f"custom.{name}") for name in ("machines", "spent", "dearest", "first")
    ]
    assert found == [0, 0, None, None]


def test_lists_are_filtered_by_what_is_worked_out(cast, marieke):
    for slug, clause, expected in (
        ("machines", {"field": "custom.worth", "op": "over", "value": 20}, 1),
        ("machines", {"field": "custom.due", "op": "after", "value": "2026-12-31"}, 1),
        ("machines", {"field": "custom.worth", "op": "is_empty"}, 1),
        ("customers", {"field": "custom.spent", "op": "over", "value": 40}, 1),
        ("customers", {"field": "custom.machines", "op": "is", "value": 3}, 0),
    ):
        rows = reading.matching(cast.bob, registry.get(slug), conditions.parse({"all": [clause]}))
        assert rows.count() == expected, clause


def test_programs_and_files_have_it_and_cannot_write_it(cast, marieke):
    client = Client(headers={"authorization": f"Bearer {token_of(cast.bob)}"})
    assert client.get(f"/api/v1/customers/{marieke.id}").json()["custom"] == {
        "machines": 2,
        "spent": "40.50",
        "dearest": "30.00",
        "first": "2026-01-31",
    }
    body = {"custom": {"spent": "1"}}
    assert client.patch(f"/api/v1/customers/{marieke.id}", body, "application/json").status_code == 422
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert "spent" in schemas["customers"]["properties"]["custom"]["properties"]
    assert "custom" not in schemas["customers.new"]["properties"]
    table = Table(cast.alice, registry.get("machines"), None, ["name", "custom.worth"], "name")
    assert [row[1:] for row in table] == [["SN-10.50", 21], ["SN-30", None]]


def with_grants(cast, **lines):
    Role.objects.filter(name="Agent").update(grants={"records": lines})
    return of_member(cast.tenant, cast.bob.member_id)


def test_what_takes_a_hidden_field_is_hidden(cast, marieke):
    fields = {"custom.price": "hidden"}
    bob = with_grants(cast, **{"*": {"read": "all"}, "machines": {"read": "all", "fields": fields}})
    assert "custom.worth" not in registry.get("machines").readable(bob)
    readable = registry.get("customers").readable(bob)
    assert {"custom.spent", "custom.dearest"}.isdisjoint(readable)
    assert {"custom.machines", "custom.first"} <= set(readable)
    clause = {"field": "custom.spent", "op": "over", "value": 1}
    with pytest.raises(BadCondition):
        reading.matching(bob, registry.get("customers"), conditions.parse({"all": [clause]}))


def test_a_roll_up_counts_only_what_its_reader_may_see(cast, marieke):
    make(cast.carol, "machines", name="SN-C", **{"custom.price": "5"})
    theirs = registry.get("machines").rows(cast.alice).get(name="SN-C")
    registry.get("machines").writer(registry.get("machines"), cast.alice).change(
        theirs.id, {"custom.customer": marieke.id}
    )
    assert value(cast.alice, "customers", marieke, "custom.machines") == 3
    assert value(cast.bob, "customers", marieke, "custom.machines") == 2
    bob = with_grants(cast, customers={"read": "all"})
    assert "custom.machines" not in registry.get("customers").readable(bob)


@pytest.mark.parametrize(
    ("kind", "said", "name"),
    [
        ("formula", {"formula": "custom.price *"}, "formula"),
        ("formula", {"formula": "nothing + 1"}, "formula"),
        ("formula", {"formula": "custom.customer"}, "formula"),
        ("formula", {"formula": "custom.worth + 1"}, "formula"),
        ("roll_up", {"relation": "none", "measure": "count"}, "measured"),
        ("roll_up", {}, "measured"),
    ],
)
def test_a_computed_field_that_means_nothing_is_refused(cast, machines, kind, said, name):
    with pytest.raises(Invalid) as refused:
        add(cast.alice, "machines", "Wrong", kind, **said)
    assert list(refused.value.errors) == [name]


def test_a_mistake_in_a_formula_is_told_on_the_form_with_its_place(cast, machines):
    sent = {"label": "Wrong", "kind": "formula", "formula": "custom.price + name"}
    answer = cast.client("alice").post("/settings/fields/machines/new", sent)
    assert answer.status_code == 422
    assert "At character 16: Here stands a text, where a number is needed." in answer.content.decode()
    assert "custom.price + name" in answer.content.decode()


def test_a_formula_is_changed_in_the_browser(cast, marieke):
    field = registry.get("machines").all_fields()["custom.worth"]
    client = cast.client("alice")
    saved = next(each for each in client.get("/settings/fields/").context["groups"] if each[0].slug == "machines")[1]
    worth = next(each for each in saved if each.key == "worth")
    page = client.get(f"/settings/fields/machines/{worth.id}/").content.decode()
    assert "custom.price * custom.number" in page
    answer = client.post(
        f"/settings/fields/machines/{worth.id}/", {"label": "Worth", "formula": "custom.price * 2", "in_list": "on"}
    )
    assert answer.status_code == 302
    assert field.label == "Worth"
    rows = reading.page(cast.bob, registry.get("machines"), reading.Query(), ["custom.worth"]).rows
    assert [row["own_worth"] for row in rows] == [21, 60]


def test_a_field_that_others_are_worked_out_from_stays(cast, machines):
    saved = {each.key: each for each in _own("machines")}
    for key, needed in (("price", "Worth"), ("customer", "Machines")):
        with pytest.raises(Invalid, match=needed):
            delete_field(cast.alice, registry.get("machines"), saved[key].id)
    delete_field(cast.alice, registry.get("machines"), saved["worth"].id)


def _own(slug):
    from klantbeeld.platform.customfields.public import CustomField

    return CustomField.objects.filter(record_type=slug)
