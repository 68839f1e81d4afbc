"""ETag, If-Match and If-None-Match: nobody overwrites what they haven't seen, or reads twice what they have."""

import json

import pytest

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.public import create_token
from klantbeeld.platform.api.tests.conftest import examples

CUSTOMERS = "/api/v1/customers"


@pytest.fixture
def there(cast):
    return f"{CUSTOMERS}/{examples(cast.alice)['employer'].pk}"


def patch(client, path, data, **headers):
    return client.patch(path, json.dumps(data), content_type="application/json", headers=headers)


def test_what_has_changed_meanwhile_is_not_overwritten(program, there):
    client = program("alice")
    seen = client.get(there)["ETag"]
    assert patch(client, there, {"city": "Gouda"}, if_match=seen).status_code == 200
    late = patch(client, there, {"city": "Delft"}, if_match=seen)
    now = client.get(there)
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    assert late.json()["current"] == now.json()
    assert late["ETag"] == now["ETag"]
    assert now.json()["city"] == "Gouda"
    assert client.delete(there, headers={"if-match": seen}).status_code == 412
    assert client.delete(there, headers={"if-match": f'"nothing", {now["ETag"]}'}).status_code == 204


def test_every_answer_with_a_whole_record_has_the_same_tag(program, there):
    client = program("alice")
    changed = patch(client, there, {"city": "Gouda"})
    assert changed["ETag"] == client.get(there)["ETag"]
    made = client.post(CUSTOMERS, json.dumps({"name": "Piet"}), content_type="application/json")
    assert made["ETag"] == client.get(made["Location"])["ETag"]
    assert patch(client, there, {"city": "Delft"}, if_match="*").status_code == 200


def test_a_part_of_a_record_does_not_do_for_a_change(program, there):
    client = program("alice")
    part = client.get(f"{there}?fields=city")["ETag"]
    assert part.startswith("W/")
    assert patch(client, there, {"city": "Delft"}, if_match=part).status_code == 412


def test_what_one_has_is_not_sent_again(program, there):
    client = program("alice")
    for path in (there, CUSTOMERS, f"{there}?fields=city"):
        tag = client.get(path)["ETag"]
        again = client.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    patch(client, there, {"city": "Delft"})
    assert client.get(there, headers={"if-none-match": tag}).status_code == 200


def test_a_token_may_be_made_to_change_only_what_it_has_seen(cast, program, there):
    client = program("alice")
    _token, text = create_token(cast.alice, "Voorzichtig", ["*"], needs_if_match=True)
    careful = {"authorization": f"Bearer {text}"}
    refused = patch(client, there, {"city": "Delft"}, **careful)
    assert (refused.status_code, refused.json()["code"]) == (428, "if_match_needed")
    assert client.delete(there, headers=careful).status_code == 428
    assert patch(client, there, {"city": "Delft"}, **careful, if_match=client.get(there)["ETag"]).status_code == 200


def test_a_tag_says_nothing_of_a_hidden_field(cast, program, there):
    hiding = {"customers": {"read": "all", "change": "all", "fields": {"phone": "hidden"}}}
    Role.objects.filter(name="Agent").update(grants={"records": hiding})
    bob = program("bob")
    seen = bob.get(there)["ETag"]
    patch(program("alice"), there, {"phone": "030 123 4567"})
    assert bob.get(there)["ETag"] == seen
    refused = patch(bob, there, {"city": "Delft"}, if_match='"old"')
    assert "phone" not in refused.json()["current"]
