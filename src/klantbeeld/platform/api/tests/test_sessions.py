"""Our own pages use the API with the session that they have."""

import json

from django.test import Client

CUSTOMERS = "/api/v1/customers"


def test_someone_who_is_signed_in_may_read(cast):
    assert cast.client("alice").get(CUSTOMERS).status_code == 200


def test_someone_without_membership_may_not(cast):
    assert cast.client("eve").get(CUSTOMERS).status_code == 401


def test_writing_takes_proof_that_our_page_asked(cast):
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.client("alice").cookies
    body = json.dumps({"name": "Piet"})
    refused = client.post(CUSTOMERS, body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    client.cookies["klantbeeld_csrf"] = "a" * 32
    allowed = client.post(CUSTOMERS, body, content_type="application/json", headers={"x-csrftoken": "a" * 32})
    assert allowed.status_code == 201, allowed.content
    history = client.get(f"{allowed['Location']}/history").json()["data"]
    assert [each["origin"] for each in history] == ["api"]


def test_a_bad_token_is_not_made_good_by_a_session(cast):
    client = cast.client("alice")
    assert client.get(CUSTOMERS, headers={"authorization": "Bearer kb_x"}).status_code == 401
