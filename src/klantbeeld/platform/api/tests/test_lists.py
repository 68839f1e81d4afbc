"""Lists: pages, filters, counts, a choice of fields, and values as they stand in JSON."""

import json
from urllib.parse import quote

from klantbeeld.platform.customfields.public import CustomField, forget

CUSTOMERS = "/api/v1/customers"


def create(client, **given):
    response = client.post(CUSTOMERS, json.dumps(given), content_type="application/json")
    assert response.status_code == 201, response.content
    return response.json()


def test_pages_lead_through_all_records_and_back(program):
    client = program("alice")
    for number in range(5):
        create(client, name=f"Klant {number}")
    names, address = [], f"{CUSTOMERS}?sort=name&limit=2"
    while address:
        page = client.get(address)
        names += [each["name"] for each in page.json()["data"]]
        address = page.json()["next"]
        assert (f'<{address}>; rel="next"' in page.headers.get("Link", "")) == bool(address)
    assert names == [f"Klant {number}" for number in range(5)]
    back = client.get(page.json()["previous"]).json()
    assert [each["name"] for each in back["data"]] == ["Klant 2", "Klant 3"]


def test_a_filter_and_a_count_agree(program):
    client = program("alice")
    create(client, name="A", city="Utrecht")
    create(client, name="B", city="Gouda")
    where = quote(json.dumps({"all": [{"field": "city", "op": "is", "value": "Utrecht"}]}))
    found = client.get(f"{CUSTOMERS}?where={where}&count=true").json()
    assert [each["name"] for each in found["data"]] == ["A"]
    assert found["count"] == {"number": 1, "exact": True}
    assert "count" not in client.get(CUSTOMERS).json()


def test_only_the_fields_that_are_asked_for_come(program):
    client = program("alice")
    create(client, name="A", city="Utrecht")
    assert [each.keys() for each in client.get(f"{CUSTOMERS}?fields=name,owner").json()["data"]] == [
        {"id", "name", "owner"}
    ]


def test_own_fields_are_written_and_read_under_custom(cast, program):
    for key, kind in (("budget", "money"), ("score", "number"), ("seen_at", "datetime")):
        CustomField.objects.create(record_type="customers", key=key, label=key, kind=kind)
    forget()
    client = program("alice")
    own = {"budget": "1200.50", "score": 7.5, "seen_at": "2026-03-31T12:00:00+02:00"}
    made = create(client, name="A", custom=own)
    assert made["custom"] == {"budget": "1200.50", "score": 7.5, "seen_at": "2026-03-31T10:00:00.000000Z"}
    changed = client.patch(
        f"{CUSTOMERS}/{made['id']}", json.dumps({"custom": {"score": None}}), content_type="application/json"
    ).json()
    assert changed["custom"] == made["custom"] | {"score": None}
    refused = client.post(CUSTOMERS, json.dumps({"name": "B", "custom": {"nix": 1}}), content_type="application/json")
    assert list(refused.json()["errors"]) == ["custom.nix"]
    schema = client.get("/api/v1/openapi.json").json()["components"]["schemas"]["customers.new"]
    assert schema["properties"]["custom"]["properties"].keys() == own.keys()


def test_what_was_read_can_be_written_back(cast, program):
    client = program("alice")
    made = create(client, name="A")
    owner = made["owner"]
    assert owner == {"id": str(cast.alice.member_id), "label": "Alice"}
    again = client.patch(f"{CUSTOMERS}/{made['id']}", json.dumps({"owner": owner}), content_type="application/json")
    assert again.json() == made


def test_an_agent_sees_the_rows_of_the_team_only(cast, program):
    create(program("bob"), name="Van Bob")
    create(program("carol"), name="Van Carol")
    assert [each["name"] for each in program("bob").get(CUSTOMERS).json()["data"]] == ["Van Bob"]
