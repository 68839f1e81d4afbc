"""Narrowing a list down with the editor above it."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from klantbeeld.platform.people.models import User

FILTER = "/customers/filter"


def applied(client, **picked):
    """The condition that the editor makes of what was picked."""
    answer = client.get(FILTER, {"apply": "1", **picked})
    assert answer.status_code == 302, answer.content.decode()
    return json.loads(parse_qs(urlsplit(answer.url).query)["where"][0])["all"][0]


def in_dutch(cast):
    User.objects.filter(id=cast.alice.user_id).update(language="nl")
    return cast.client("alice")


@pytest.mark.parametrize("op", ["on", "before", "after"])
def test_a_day_is_asked_for_where_moments_are_compared(op, cast):
    client = cast.client("alice")
    editor = client.get(FILTER, {"field": "last_contact_at", "op": op}).content.decode()
    assert 'name="value" type="date"' in editor
    assert "datetime-local" not in editor
    made = applied(client, field="last_contact_at", op=op, value="2026-03-31")
    assert made == {"field": "last_contact_at", "op": op, "value": "2026-03-31"}


def test_two_days_are_asked_for_between_moments(cast):
    client = cast.client("alice")
    editor = client.get(FILTER, {"field": "last_contact_at", "op": "between"}).content.decode()
    assert editor.count('name="value" type="date"') == 2
    made = applied(client, field="last_contact_at", op="between", value=["2026-03-01", "2026-03-31"])
    assert made["value"] == ["2026-03-01", "2026-03-31"]


def test_a_moment_that_a_filter_has_is_kept_and_shown_on_the_own_clock(cast):
    client = cast.client("alice")
    part = {"field": "last_contact_at", "op": "before", "value": "2026-03-31T10:00:00+00:00"}
    editor = client.get(FILTER, {"where": json.dumps({"all": [part]}), "at": "/all/0"}).content.decode()
    assert 'type="datetime-local" step="1" value="2026-03-31T12:00:00"' in editor
    made = applied(client, field="last_contact_at", op="before", value="2026-03-31T12:00:00")
    assert made["value"] == "2026-03-31T12:00:00+02:00"
    page = client.get("/customers/", {"where": json.dumps({"all": [part]})}).content.decode()
    assert "12:00" in page
    assert "10:00" not in page


def test_a_number_is_read_by_the_habits_of_the_language(cast):
    assert applied(cast.client("alice"), field="revenue", op="over", value="1,500.50")["value"] == "1500.50"
    dutch = in_dutch(cast)
    assert applied(dutch, field="revenue", op="over", value="1.500,50")["value"] == "1500.50"
    assert applied(dutch, field="revenue", op="over", value="1.500")["value"] == "1500"
    where = json.dumps({"all": [{"field": "revenue", "op": "over", "value": "12.5"}]})
    assert 'value="12,5"' in dutch.get(FILTER, {"where": where, "at": "/all/0"}).content.decode()


@pytest.mark.parametrize("typed", ["1_000", "1.5", "abc", "1,2,3"])
def test_a_number_that_may_mean_something_else_is_refused_and_stays(typed, cast):
    answer = in_dutch(cast).get(FILTER, {"field": "revenue", "op": "over", "value": typed, "apply": "1"})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert "geen getal zoals 1.234,56" in answer.content.decode()


@pytest.mark.parametrize("at", ["/all/²", "/all/" + "9" * 5000, "/any/0", "/all/-1", "//", "²"])
def test_a_place_that_is_none_is_left_aside(at, cast):
    where = json.dumps({"all": [{"field": "name", "op": "is", "value": "Piet"}]})
    client = cast.client("alice")
    assert client.get(FILTER, {"where": where, "at": at}).status_code == 200
    made = client.get(FILTER, {"where": where, "at": at, "field": "city", "op": "is_empty", "apply": "1"})
    assert json.loads(parse_qs(urlsplit(made.url).query)["where"][0])["all"][0]["field"] == "name"


def test_a_filter_that_cannot_be_read_says_so_in_the_readers_language(cast):
    page = in_dutch(cast).get("/customers/", {"where": "{"}).content.decode()
    assert "Dit filter is niet te lezen." in page
    assert "/: " not in page
