"""Many records in one request: made or recognised, with what became of each."""

import json
from uuid import uuid4

import pytest

from klantbeeld.customers.models import Customer
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.tests.conftest import examples, values
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.events.models import Outbox

CUSTOMERS = "/api/v1/customers"


def bulk(client, rows, slug="customers", **more):
    return client.post(f"/api/v1/{slug}/bulk", json.dumps({"rows": rows, **more}), content_type="application/json")


def test_rows_are_made_or_changed_by_their_key(cast, program):
    client = program("alice")
    first = bulk(client, [{"name": "Piet", "email": "piet@example.org"}, {"name": "Kees"}], key="email").json()
    assert [each["result"] for each in first["rows"]] == ["created", "created"]
    rows = [
        {"email": "piet@example.org", "city": "Gouda"},
        {"email": "jan@example.org", "name": "Jan", "birth_date": "1980-02-29", "owner": str(cast.bob.member_id)},
        {"email": "piet@example.org", "city": "Gouda"},
    ]
    second = bulk(client, rows, key="email").json()
    assert [each["result"] for each in second["rows"]] == ["changed", "created", "changed"]
    assert second["rows"][0]["id"] == first["rows"][0]["id"]
    piet = client.get(f"{CUSTOMERS}/{first['rows'][0]['id']}").json()
    assert (piet["name"], piet["city"]) == ("Piet", "Gouda")
    jan = client.get(f"{CUSTOMERS}/{second['rows'][1]['id']}").json()
    assert (jan["birth_date"], jan["owner"]["label"]) == ("1980-02-29", "Bob")
    assert Change.objects.filter(record_id=piet["id"], origin="api:test").count() == 2


def test_null_clears_a_field_and_what_is_left_out_stays(cast, program, make):
    made = make(cast.alice, "customers", name="Piet", city="Gouda", owner=str(cast.bob.member_id))
    row = {"id": str(made.pk), "city": None, "owner": None}
    answer = bulk(program("alice"), [row], key="id")
    assert answer.json().get("changed") == 1, answer.json()
    made.refresh_from_db()
    assert (made.name, made.city, made.owner_id) == ("Piet", "", None)
    assert bulk(program("alice"), [{"id": str(made.pk), "name": None}], key="id").status_code == 422


def test_a_row_that_is_too_little_for_a_new_record_changes_a_known_one(cast, program):
    client = program("alice")
    assert bulk(client, [{"sku": "B-1", "name": "Bel", "price": "1.00"}], "products").status_code == 200
    rows = [{"sku": "B-1", "price": "2.50"}, {"sku": "B-2", "price": "2.50"}]
    answer = bulk(client, rows, "products", key="sku", atomic=False).json()
    assert [each["result"] for each in answer["rows"]] == ["changed", "refused"]
    assert "name" in answer["rows"][1]["errors"]


def test_all_or_nothing_unless_it_is_said_otherwise(cast, program):
    client = program("alice")
    rows = [{"name": "Piet"}, {"name": 5}, {"city": "Gouda"}, {"name": "Kees", "owner": str(uuid4())}]
    refused = bulk(client, rows)
    assert (refused.status_code, refused.json()["code"]) == (422, "rows_refused")
    told = {place: list(errors) for place, errors in refused.json()["rows"].items()}
    assert told == {"1": ["name"], "2": ["name"], "3": ["owner"]}
    assert not Customer.objects.exists()
    partly = bulk(client, rows, atomic=False).json()
    assert (partly["created"], partly["refused"]) == (1, 3)
    assert partly["rows"][3]["errors"] == refused.json()["rows"]["3"]
    assert Customer.objects.get().name == "Piet"


def test_an_id_that_nobody_gave_out_makes_nothing(cast, program):
    refused = bulk(program("alice"), [{"id": str(uuid4()), "name": "Piet"}], key="id")
    assert list(refused.json()["rows"]["0"]) == ["id"]
    assert not Customer.objects.exists()


def test_each_record_that_was_written_is_told_of(cast, program):
    client = program("alice")
    made = bulk(client, [{"name": "Piet"}, {"name": "Kees"}]).json()
    bulk(client, [{"id": made["rows"][0]["id"], "city": "Gouda"}], key="id")
    said = Outbox.objects.filter(name__startswith="customers.").order_by("id")
    assert [each.name for each in said] == ["customers.created", "customers.created", "customers.changed"]
    assert said[2].payload == {"id": made["rows"][0]["id"], "fields": ["city"]}


def test_the_gates_hold_for_each_row(cast, program, make):
    theirs = make(cast.carol, "customers", name="Van Carol", owner=str(cast.carol.member_id))
    bob = program("bob")
    refused = bulk(bob, [{"id": str(theirs.pk), "city": "Gouda"}], key="id")
    assert refused.status_code == 422
    fields = {"phone": "read", "city": "hidden"}
    lines = {"customers": {"read": "all", "create": "all", "change": "all", "fields": fields}}
    Role.objects.filter(name="Agent").update(grants={"records": lines})
    bob = program("bob")
    hidden, unknown = (bulk(bob, [{"name": "Piet", name: "x"}]).json()["rows"]["0"] for name in ("city", "nothing"))
    assert hidden["city"] == unknown["nothing"]
    assert bulk(program("alice", "customers:read"), [{"name": "Piet"}]).status_code == 403


@pytest.mark.parametrize("slug", ["orders", "products", "tasks", "addresses", "order-lines", "interactions"])
def test_what_one_request_makes_many_make(cast, program, slug):
    made = examples(cast.alice)
    row = values(slug, made | {"one": 1, "more": 2})
    answer = bulk(program("alice"), [row], slug)
    assert answer.status_code == 200, answer.content
    assert program("alice").get(f"/api/v1/{slug}/{answer.json()['rows'][0]['id']}").status_code == 200


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"rows": []}, "rows"),
        ({"rows": [{}] * 1001}, "rows"),
        ({"rows": {}}, "rows"),
        ({"rows": [{}, "x"]}, "rows"),
        ({"rows": [{}], "key": "phone"}, "key"),
        ({"rows": [{}], "mode": "delete"}, "mode"),
        ({"rows": [{}], "mode": "change"}, "key"),
        ({"rows": [{}], "atomic": 1}, "atomic"),
        ({"rows": [{}], "nothing": 1}, "nothing"),
    ],
)
def test_an_order_that_cannot_be_understood_says_where(program, body, where):
    refused = program("alice").post(f"{CUSTOMERS}/bulk", json.dumps(body), content_type="application/json")
    assert list(refused.json()["errors"]) == [where]
