"""What holds for every record type's API: who gets in, what stays hidden, what is refused."""

import json
from urllib.parse import quote
from uuid import uuid4

import pytest

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.tests.conftest import examples, values
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered

SLUGS = tuple(registry.by_slug)
each_type = pytest.mark.parametrize("slug", SLUGS)


def address(slug, made=None):
    return f"/api/v1/{slug}" + (f"/{made.pk}" if made is not None else "")


def send(client, method, path, data):
    return getattr(client, method)(path, json.dumps(data), content_type="application/json")


def a_link(slug):
    """The name of a link field of a type, None when it has none."""
    return next((each.name for each in registry.get(slug).static_fields.values() if each.target), None)


# An identifier tells what the customer has; it can be read only where that can.
WITH_CUSTOMERS = {"customers": {"read": "all"}}


@each_type
def test_what_is_made_can_be_read_listed_changed_and_looked_back_on(cast, program, slug):
    made = examples(cast.alice)
    client = program("alice")
    record_type = registry.get(slug)
    created = send(client, "post", address(slug), values(slug, made | {"one": 1, "more": 2}))
    assert created.status_code == 201, created.content
    there = created["Location"]
    assert client.get(there).json() == created.json()
    assert created.json()["id"] in [each["id"] for each in client.get(address(slug)).json()["data"]]
    if record_type.changeable:
        name = next(name for name, each in record_type.static_fields.items() if each.editable and not each.target)
        changed = send(client, "patch", there, {name: created.json()[name]})
        assert changed.status_code == 200, changed.content
        assert changed.json() == created.json()
    history = client.get(f"{there}/history").json()["data"]
    if issubclass(record_type.model, Recorded):
        assert history[-1]["action"] == "create"
        assert {each["origin"] for each in history} == {"api:test"}
        assert history[-1]["actor"]["label"] == "Alice"
    if record_type.deletable:
        assert client.delete(there).status_code == 204
        assert client.get(there).status_code == 404


@each_type
def test_another_organisation_gets_404(cast, program, slug):
    there = address(slug, examples(cast.alice)[slug])
    client = program("dave")
    for response in (
        client.get(there),
        client.get(f"{there}/history"),
        send(client, "patch", there, {}),
        client.delete(there),
    ):
        # What nobody can change or delete, such as the ledger, is refused before anyone looks for it.
        assert response.status_code in ({404} if response.request["REQUEST_METHOD"] == "GET" else {404, 403, 405})
    assert client.get(address(slug)).json()["data"] == []


@each_type
def test_a_token_is_of_no_use_at_another_organisations_address(cast, program, slug):
    assert program("alice", host="zuiderzee.example").get(address(slug)).status_code == 401


@each_type
def test_whom_no_role_lets_in_gets_404(cast, program, slug):
    there = address(slug, examples(cast.alice)[slug])
    Role.objects.filter(name="Agent").update(grants={"records": {}})
    client = program("bob")
    assert {client.get(path).status_code for path in (address(slug), there, f"{there}/history")} == {404}
    assert send(client, "post", address(slug), {}).status_code == 404


@each_type
def test_a_hidden_field_is_nowhere(cast, program, slug):
    record_type = registry.get(slug)
    made = examples(cast.alice)[slug]
    hidden = next(name for name, each in record_type.static_fields.items() if each.editable and each.kind != "link")
    lines = {"read": "all", "create": "all", "change": "all", "fields": {hidden: "hidden"}}
    Role.objects.filter(name="Agent").update(grants={"records": WITH_CUSTOMERS | {slug: lines}})
    client = program("bob")
    there = address(slug, made)
    assert hidden not in client.get(there).json()
    assert all(hidden not in each for each in client.get(address(slug)).json()["data"])
    assert all(hidden not in each["changes"] for each in client.get(f"{there}/history").json()["data"])
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert hidden not in {**schemas[slug]["properties"], **schemas[f"{slug}.changes"]["properties"]}
    where = quote(json.dumps({"all": [{"field": hidden, "op": "is_empty"}]}))
    missing = quote(json.dumps({"all": [{"field": "nothing", "op": "is_empty"}]}))
    refused, unknown = (client.get(f"{address(slug)}?where={each}").json() for each in (where, missing))
    assert refused["status"] == 400
    assert refused | {"detail": refused["detail"].replace(f"“{hidden}”", "“nothing”")} == unknown
    assert client.get(f"{address(slug)}?sort={hidden}").status_code == 422
    assert client.get(f"{address(slug)}?fields={hidden}").status_code == 422
    assert send(client, "post", address(slug), {hidden: None}).status_code == 422


@each_type
def test_what_the_writer_refuses_the_api_refuses(cast, program, slug):
    made = examples(cast.alice)
    client = program("alice")
    needed = [name for name, each in registry.get(slug).static_fields.items() if each.required]
    refused = send(client, "post", address(slug), {})
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    if needed:
        assert set(refused.json()["errors"]) == set(needed)
    before = registry.get(slug).model.objects.count()
    assert send(client, "post", address(slug), values(slug, made) | {"nothing": 1}).status_code == 422
    assert registry.get(slug).model.objects.count() == before


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if a_link(slug)])
def test_a_link_into_another_organisation_is_refused(cast, program, slug):
    made = examples(cast.alice)
    name = a_link(slug)
    with entered(Scope(cast.other_tenant.id, cast.dave.member_id, "web")):
        theirs = examples(cast.dave)[registry.get(slug).static_fields[name].target]
    refusals = [
        send(program("alice"), "post", address(slug), values(slug, made | {"more": 1}) | {name: str(there)}).json()
        for there in (theirs.pk, uuid4())
    ]
    assert refusals[0]["status"] == 422
    assert refusals[0] == refusals[1]


@each_type
def test_a_token_for_reading_writes_nothing(cast, program, slug):
    there = address(slug, examples(cast.alice)[slug])
    client = program("alice", f"{slug}:read", "customers:read")
    assert client.get(there).status_code == 200
    refused = [send(client, "post", address(slug), {}), send(client, "patch", there, {}), client.delete(there)]
    assert {each.status_code for each in refused} == {403}
    assert {each.json()["code"] for each in refused} == {"insufficient_scope"}
    other = next(each for each in SLUGS if each not in {slug, "customers"})
    assert client.get(address(other)).status_code == 403


@each_type
def test_a_list_asks_as_many_questions_for_many_rows_as_for_one(
    cast, program, slug, django_assert_num_queries, django_assert_max_num_queries
):
    client = program("alice")
    made = examples(cast.alice)
    client.get(address(slug))
    with django_assert_max_num_queries(5) as few:
        client.get(address(slug))
        number = len(few)
    send(client, "post", address(slug), values(slug, made | {"more": 1}))
    with django_assert_num_queries(number):
        assert len(client.get(address(slug)).json()["data"]) > 1
