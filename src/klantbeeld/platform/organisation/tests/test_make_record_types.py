import uuid

import pytest
from django.db import connections
from django.test import Client

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.tests.conftest import token_of
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.customfields.public import OwnRecord, OwnType
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, save_field
from klantbeeld.platform.organisation.actions.save_type import TypeGiven, delete_type, save_type
from klantbeeld.platform.organisation.indexing import drop_own_index, index_own_field
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.public import find
from klantbeeld.platform.tenancy.scope import Scope, entered

MACHINES = TypeGiven("machines", "machine", "machines", "Serial number", "tool")
NEW = "/settings/types/new"


def make(actor, slug, **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


@pytest.fixture
def machines(cast):
    """The type of machines, with a link to the customer who has one, a price and a kind."""
    save_type(cast.alice, None, MACHINES)
    declared = registry.get("machines")
    for given in (
        FieldGiven("Customer", "customer", "link", [], required=False, in_list=True, target="customers"),
        FieldGiven("Price", "price", "money", [], required=False, in_list=True),
        FieldGiven("Kind", "kind", "choice", [{"value": "pump", "label": "Pump"}], required=False),
    ):
        save_field(cast.alice, declared, None, given)
    return registry.get("machines")


def test_an_owner_makes_a_type_in_the_browser_and_uses_it_at_once(cast):
    client = cast.client("alice")
    answer = client.post(NEW, {"label": "machine", "label_plural": "machines", "icon": "tool"})
    assert answer.url == "/settings/fields/machines/new"
    assert 'href="/machines/"' in client.get("/").content.decode()
    assert client.post("/machines/new", {"name": "SN-1"}).status_code == 302
    assert "SN-1" in client.get("/machines/").content.decode()
    assert 'name="reach.machines.read"' in client.get("/settings/roles/new").content.decode()
    page = client.get("/settings/types/").content.decode()
    assert "/machines/" in page


def test_its_name_may_be_called_something_else(cast, machines):
    page = cast.client("alice").get("/machines/new").content.decode()
    assert "Serial number" in page


@pytest.mark.parametrize(
    "slug", ["customers", "invoices", "settings", "palette", "account", "search", "Machines!", "a"]
)
def test_a_name_that_is_taken_or_no_address_is_refused(cast, slug):
    with pytest.raises(Invalid) as refused:
        save_type(cast.alice, None, TypeGiven(slug, "x", "xs", "", "tool"))
    assert list(refused.value.errors) == ["slug"]


def test_two_types_of_one_name_are_refused(cast, machines):
    answer = cast.client("alice").post(NEW, {"label": "m", "label_plural": "Machines", "icon": "tool"})
    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_who_may_not_manage_fields_makes_no_types(cast):
    with pytest.raises(NotAllowed):
        save_type(cast.bob, None, MACHINES)
    assert cast.client("bob").get(NEW).status_code in {403, 404}


def test_a_type_that_another_process_just_made_is_found_at_once(cast):
    assert registry.find("machines") is None
    OwnType.objects.create(slug="machines", label="machine", label_plural="machines", icon="tool")
    assert cast.client("alice").get("/settings/fields/machines/new").status_code == 200
    assert cast.client("alice").get("/machines/").status_code == 200


def test_another_organisation_has_its_own(cast, machines):
    make(cast.alice, "machines", name="SN-1")
    with entered(Scope(cast.other_tenant.id)):
        assert registry.find("machines") is None
        assert OwnRecord.objects.count() == 0
        save_type(cast.dave, None, TypeGiven("machines", "boat", "boats", "", "tool"))
        assert str(registry.get("machines").label) == "boat"
    assert str(registry.get("machines").label) == "machine"


def test_a_record_of_one_type_is_none_of_another(cast, machines):
    save_type(cast.alice, None, TypeGiven("courses", "course", "courses", "", "tool"))
    pump = make(cast.alice, "machines", name="SN-1")
    course = make(cast.alice, "courses", name="First aid")
    client = cast.client("alice")
    assert "SN-1" not in client.get("/courses/").content.decode()
    for page in ("", "edit", "history"):
        assert client.get(f"/courses/{pump.id}/{page}").status_code == 404
    assert client.post(f"/courses/{pump.id}/delete").status_code == 404
    found = reading.page(cast.alice, registry.get("courses"), reading.Query(), ["name"])
    assert [row["id"] for row in found.rows] == [course.id]


def test_rights_bind_it_as_any_other(cast, machines):
    make(cast.bob, "machines", name="SN-1", **{"custom.price": "12.50"})
    make(cast.carol, "machines", name="SN-2")
    grants = {
        "records": {
            "*": {"read": "team", "fields": {}},
            "machines": {"read": "own", "fields": {"custom.price": "hidden"}},
        }
    }
    Role.objects.filter(name="Agent").update(grants=grants)
    page = cast.client("bob").get("/machines/").content.decode()
    assert "SN-1" in page
    assert "SN-2" not in page
    assert "12.50" not in page
    assert "Price" not in page


def test_its_records_are_found_and_forgotten(cast, machines):
    pump = make(cast.alice, "machines", name="Waterpomp 3000")
    assert [hit.id for hit in find(cast.alice, "waterpomp")] == [pump.id]
    machines.writer(machines, cast.alice).delete(pump.id)
    assert find(cast.alice, "waterpomp") == []


def test_a_customer_shows_the_machines_that_point_to_it(cast, machines):
    marieke = make(cast.alice, "customers", name="Marieke")
    make(cast.alice, "machines", name="SN-1", **{"custom.customer": marieke.id, "custom.price": "10"})
    make(cast.alice, "machines", name="SN-2")
    page = cast.client("alice").get(f"/customers/{marieke.id}/").content.decode()
    assert "SN-1" in page
    assert "SN-2" not in page
    assert f"/machines/new?custom.customer={marieke.id}" in page


def test_customers_are_filtered_by_their_machines(cast, machines):
    marieke = make(cast.alice, "customers", name="Marieke")
    piet = make(cast.alice, "customers", name="Piet")
    anna = make(cast.alice, "customers", name="Anna")
    for customer, price in ((marieke, "10"), (marieke, "30"), (piet, "5")):
        make(cast.alice, "machines", name="SN", **{"custom.customer": customer.id, "custom.price": price})
    relation = "machines-customer"
    for test, expected in (
        ({"related": relation, "exists": True}, {marieke, piet}),
        ({"related": relation, "exists": False}, {anna}),
        ({"related": relation, "count": {"op": "over", "value": 1}}, {marieke}),
        ({"related": relation, "sum": "custom.price", "op": "over", "value": 20}, {marieke}),
    ):
        try:
            condition = conditions.parse({"all": [test]})
        except conditions.BadCondition as problem:
            raise AssertionError(f"{test}: {problem}") from None
        found = reading.matching(cast.alice, registry.get("customers"), condition)
        assert set(found) == expected, test


def test_programs_use_it_as_any_other(cast, machines):
    client = Client(headers={"authorization": f"Bearer {token_of(cast.alice)}"})
    body = {"name": "SN-1", "custom": {"price": "12.50", "kind": "pump"}}
    made = client.post("/api/v1/machines", body, "application/json")
    assert made.status_code == 201
    assert client.get("/api/v1/machines").json()["data"][0]["custom"]["price"] == "12.50"
    assert "machines.new" in client.get("/api/v1/openapi.json").json()["components"]["schemas"]


def test_an_index_over_a_field_serves_one_type_only(committing_db):
    from conftest import make_cast

    alice = make_cast().alice
    with entered(Scope(alice.tenant.id, alice.member_id, "web")):
        save_type(alice, None, MACHINES)
        name = index_own_field(registry.get("machines"), alice.tenant.id, "price")
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT pg_get_indexdef(%s::regclass)", [name])
            definition = cursor.fetchone()[0]
        assert "'machines'" in definition
        drop_own_index(registry.get("machines"), alice.tenant.id, "price")


def test_a_type_with_records_or_links_to_it_stays(cast, machines):
    pump = make(cast.alice, "machines", name="SN-1")
    with pytest.raises(Invalid, match="still machines"):
        delete_type(cast.alice, "machines")
    machines.writer(machines, cast.alice).delete(pump.id)
    link = FieldGiven("Pump", "pump", "link", [], required=False, target="machines")
    save_field(cast.alice, registry.get("customers"), None, link)
    with pytest.raises(Invalid, match="Pump"):
        delete_type(cast.alice, "machines")
    answer = cast.client("alice").post("/settings/types/machines/delete", follow=True)
    assert "Pump" in answer.content.decode()
    assert OwnType.objects.count() == 1


def test_a_type_goes_with_its_fields(cast, machines):
    answer = cast.client("alice").post("/settings/types/machines/delete", follow=True)
    assert answer.status_code == 200
    assert registry.find("machines") is None
    assert cast.client("alice").get("/machines/").status_code == 404
    assert cast.client("alice").get(f"/machines/{uuid.uuid4()}/").status_code == 404
