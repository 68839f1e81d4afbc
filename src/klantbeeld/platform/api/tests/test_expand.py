"""Relations that are sent along: bounded, through the gates, and without a question per record."""

import json

import pytest

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.tests.conftest import examples, values

CUSTOMERS = "/api/v1/customers"


@pytest.fixture
def made(cast):
    return examples(cast.alice)


def test_links_colleagues_and_related_records_come_along(program, made):
    client = program("alice")
    there = f"{CUSTOMERS}/{made['customers'].pk}"
    expanded = client.get(f"{there}?expand=owner,orders.lines,employer").json()
    assert expanded["status"] == 422
    expanded = client.get(f"{there}?expand=owner,orders.lines").json()["expanded"]
    assert expanded["owner"]["name"] == "Alice"
    (order,) = expanded["orders"]["data"]
    plain = client.get(f"/api/v1/orders/{made['orders'].pk}").json()
    assert {name: value for name, value in order.items() if name != "expanded"} == plain
    assert len(order["expanded"]["lines"]["data"]) == 1
    task = client.get("/api/v1/tasks?expand=customer").json()["data"][0]
    assert task["expanded"]["customer"] == client.get(there).json()


def test_a_list_asks_no_more_questions_for_many_records(
    cast, program, made, django_assert_num_queries, django_assert_max_num_queries
):
    client = program("alice")
    address = f"{CUSTOMERS}?expand=owner,orders.lines"
    client.get(address)
    with django_assert_max_num_queries(8) as few:
        client.get(address)
        asked = len(few)
    for number in range(3):
        body = {"name": f"Klant {number}"}
        customer = client.post(CUSTOMERS, json.dumps(body), content_type="application/json").json()["id"]
        order = values("orders", made) | {"customer": customer, "number": f"X{number}"}
        assert client.post("/api/v1/orders", json.dumps(order), content_type="application/json").status_code == 201
    with django_assert_num_queries(asked):
        assert sum(len(each["expanded"]["orders"]["data"]) for each in client.get(address).json()["data"]) == 4


def test_a_list_within_a_record_is_bounded_and_says_so(cast, program, made, make):
    customer = made["employer"].pk
    for number in range(12):
        make(cast.alice, "tasks", title=f"Taak {number}", customer=str(customer))
    listed = program("alice").get(f"{CUSTOMERS}?expand=tasks").json()["data"]
    tasks = next(each for each in listed if each["id"] == str(customer))["expanded"]["tasks"]
    assert (len(tasks["data"]), tasks["more"]) == (10, True)
    tasks = program("alice").get(f"{CUSTOMERS}/{customer}?expand=tasks").json()["expanded"]["tasks"]
    assert (len(tasks["data"]), tasks["more"]) == (12, False)


def test_what_may_not_be_seen_does_not_come_along(cast, program, made):
    grants = {"tasks": {"read": "all"}, "customers": {"read": "own", "fields": {"phone": "hidden"}}}
    Role.objects.filter(name="Agent").update(grants={"records": grants})
    bob = program("bob")
    (task,) = bob.get("/api/v1/tasks?expand=customer").json()["data"]
    assert task["expanded"]["customer"] is None
    grants["customers"]["read"] = "all"
    Role.objects.filter(name="Agent").update(grants={"records": grants})
    (task,) = program("bob").get("/api/v1/tasks?expand=customer").json()["data"]
    assert task["expanded"]["customer"]["name"] == "Marieke van der Velden"
    assert "phone" not in task["expanded"]["customer"]
    assert bob.get(f"{CUSTOMERS}?expand=orders").status_code == 422
    grants["tasks"]["fields"] = {"customer": "hidden"}
    Role.objects.filter(name="Agent").update(grants={"records": grants})
    hidden, unknown = (program("bob").get(f"/api/v1/tasks?expand={name}").json() for name in ("customer", "nothing"))
    assert hidden == {**unknown, "detail": hidden["detail"], "errors": hidden["errors"]}
    assert hidden["errors"]["expand"][0].replace("customer", "nothing") == unknown["errors"]["expand"][0]
    assert program("bob").get(f"{CUSTOMERS}?expand=tasks").status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "expand=",
        "expand=name",
        "expand=orders.lines.product",
        "expand=owner.teams",
        "expand=owner,orders,tasks,interactions,identifiers,addresses",
        "expand=orders&limit=51",
        "expand=owner&fields=name",
    ],
)
def test_too_much_is_refused(program, query):
    refused = program("alice").get(f"{CUSTOMERS}?{query}")
    assert refused.status_code == 422
    assert set(refused.json()["errors"]) <= {"expand", "limit"}
