"""Every refusal is a problem document that says what was wrong and where."""

import base64
import json
from urllib.parse import quote

import pytest
from django.test import Client

from klantbeeld.platform.api.bodies import LARGEST

CUSTOMERS = "/api/v1/customers"


def problem(response, status):
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), response.content
    said = response.json()
    assert said["status"] == status
    assert {"type", "title", "detail", "code"} <= said.keys()
    return said


def test_without_a_token_nothing_is_told(cast):
    response = Client().get(CUSTOMERS)
    assert problem(response, 401)["code"] == "not_signed_in"
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v1/customers/x", "/api/v1/a/b/c/d", "/api/v1/customers/", "/api/v1/"]
)
def test_an_address_with_nothing_there_says_so(program, path):
    problem(program("alice").get(path), 404)
    assert Client().get("/api/v1/a/b/c/d").status_code == 404


def test_a_wrong_method_is_answered_with_the_right_ones(program):
    response = program("alice").put(CUSTOMERS)
    problem(response, 405)
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize("method", ["patch", "delete"])
@pytest.mark.parametrize("query", ["", "?fields=0"])
def test_what_nobody_may_do_with_a_ledger_is_a_method_that_it_does_not_know(program, method, query):
    address = f"/api/v1/interactions/0{query}"
    response = getattr(program("alice"), method)(address, "{}", content_type="application/json")
    problem(response, 405)
    assert response["Allow"] == "GET"


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "bad_json"),
        ("[]", "application/json", 422, "invalid"),
        ("{}", "text/plain", 415, "not_json"),
        ('{"name": "' + "x" * LARGEST + '"}', "application/json", 413, "too_large"),
        ('{"name": NaN}', "application/json", 400, "bad_json"),
        ('{"name": "\\ud800"}', "application/json", 400, "bad_json"),
        ("[" * 5000, "application/json", 400, "bad_json"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(program, body, kind, status, code):
    assert problem(program("alice").post(CUSTOMERS, body, content_type=kind), status)["code"] == code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 5),
        ("name", "x" * 201),
        ("name", "\x00"),
        ("kind", "Person"),
        ("birth_date", "2026-W01-1"),
        ("birth_date", 20260101),
        ("owner", "me"),
        ("owner", {"id": None}),
        ("revenue", "5.00"),
        ("custom", []),
        ("custom.x", 1),
        ("id", "01a20262-ad70-7dc6-a47a-fbea2177b52a"),
    ],
)
def test_a_value_that_cannot_be_stored_is_named(program, name, value):
    said = problem(
        program("alice").post(CUSTOMERS, json.dumps({"city": "Gouda", name: value}), content_type="application/json"),
        422,
    )
    assert [key.lstrip("/") for key in said["errors"]] == [name]


@pytest.mark.parametrize(
    ("query", "status", "where"),
    [
        ("limit=0", 422, "limit"),
        ("limit=201", 422, "limit"),
        ("limit=1&limit=2", 422, "limit"),
        ("limti=1", 422, "limti"),
        ("sort=email", 422, "sort"),
        ("sort=", 422, "sort"),
        ("fields=name,secret", 422, "fields"),
        ("count=1", 422, "count"),
        ("cursor=%00", 422, "cursor"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(program, query, status, where):
    assert where in problem(program("alice").get(f"{CUSTOMERS}?{query}"), status)["errors"]


def test_a_filter_that_cannot_be_used_says_where(program):
    client = program("alice")
    where = {"all": [{"field": "city", "op": "is", "value": "Gouda"}, {"field": "city", "op": "over", "value": 1}]}
    said = problem(client.get(f"{CUSTOMERS}?where={quote(json.dumps(where))}"), 400)
    assert (said["code"], said["pointer"]) == ("bad_condition", "/all/1/op")
    assert problem(client.get(f"{CUSTOMERS}?where=%7B"), 400)["pointer"] == ""


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize(
    "value", ["NaN", "1e9999", "Infinity", "-1", 10**40, "0001-01-01T00:00:00+14:00", "9999-12-31", None, True, [], {}]
)
@pytest.mark.parametrize("sort", ["name", "revenue", "last_contact_at"])
def test_a_cursor_that_no_list_gave_out_does_no_harm(program, value, sort):
    text = json.dumps([value, "01a20262-ad70-7dc6-a47a-fbea2177b52a", 0]).encode()
    cursor = base64.urlsafe_b64encode(text).decode().rstrip("=")
    assert program("alice").get(f"{CUSTOMERS}?sort={sort}&cursor={cursor}").status_code in {200, 400}


def test_a_fault_of_ours_tells_no_secrets(program, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the password is fiets")

    monkeypatch.setattr("klantbeeld.platform.records.reading.page", broken)
    assert b"fiets" not in program("alice").get(CUSTOMERS).content
    problem(program("alice").get(CUSTOMERS), 500)
