"""Narrowing a list down with the editor above it."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.people.models import User

FILTER = "/customers/filter"
ROWS = "/customers/condition"


def rows(**picked):
    """The fields of a form with one row in which this was picked."""
    return {"editor": "filter", "filter.sentence": "", "filter.was": "", "filter.r.join": "all"} | {
        f"filter.r.0.{name}": value for name, value in picked.items()
    }


def applied(client, **picked):
    """The condition that the editor makes of what was picked."""
    answer = client.get(FILTER, {"apply": "1", **rows(**picked)})
    assert answer.status_code == 302, answer.content.decode()
    return json.loads(parse_qs(urlsplit(answer.url).query)["where"][0])["all"][0]


def in_dutch(cast):
    User.objects.filter(id=cast.alice.user_id).update(language="nl")
    return cast.client("alice")


@pytest.mark.parametrize("op", ["on", "before", "after"])
def test_a_day_is_asked_for_where_moments_are_compared(op, cast):
    client = cast.client("alice")
    editor = client.get(ROWS, rows(field="last_contact_at", op=op)).content.decode()
    assert 'name="filter.r.0.value" type="date"' in editor
    assert "datetime-local" not in editor
    made = applied(client, field="last_contact_at", op=op, value="2026-03-31")
    assert made == {"field": "last_contact_at", "op": op, "value": "2026-03-31"}


def test_two_days_are_asked_for_between_moments(cast):
    client = cast.client("alice")
    editor = client.get(ROWS, rows(field="last_contact_at", op="between")).content.decode()
    assert editor.count('name="filter.r.0.value" type="date"') == 2
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
    answer = in_dutch(cast).get(FILTER, {"apply": "1", **rows(field="revenue", op="over", value=typed)})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert "geen getal zoals 1.234,56" in answer.content.decode()


@pytest.mark.parametrize("at", ["/all/²", "/all/" + "9" * 5000, "/any/0", "/all/-1", "//", "²"])
def test_a_place_that_is_none_is_left_aside(at, cast):
    where = json.dumps({"all": [{"field": "name", "op": "is", "value": "Piet"}]})
    client = cast.client("alice")
    assert client.get(FILTER, {"where": where, "at": at}).status_code == 200
    assert 'value="name is Piet"' in client.get(FILTER, {"where": where, "at": at}).content.decode()


def test_a_filter_that_cannot_be_read_says_so_in_the_readers_language(cast):
    page = in_dutch(cast).get("/customers/", {"where": "{"}).content.decode()
    assert "Dit filter is niet te lezen." in page
    assert "/: " not in page


def said(client, sentence, **more):
    """What the editor answers to a sentence that was typed."""
    return client.get(FILTER, {"apply": "1", "filter.sentence": sentence, "filter.was": "", **more})


def where_of(answer):
    assert answer.status_code == 302, answer.content.decode()
    return json.loads(parse_qs(urlsplit(answer.url).query)["where"][0])


def test_a_sentence_becomes_the_filter(cast):
    made = where_of(said(cast.client("alice"), "city is Utrecht and (revenue is over € 500 or owner is me)"))
    assert made["all"][0] == {"field": "city", "op": "is", "value": "Utrecht"}
    assert made["all"][1]["any"][1] == {"field": "owner", "op": "is_me"}
    dutch = where_of(said(in_dutch(cast), "omzet meer dan € 1.500,50"))
    assert dutch == {"all": [{"field": "revenue", "op": "over", "value": "1500.5"}]}


def test_a_sentence_that_cannot_be_read_stays_with_the_place_of_its_fault(cast):
    answer = said(cast.client("alice"), "city iss Utrecht")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="city iss Utrecht"' in page
    assert 'data-offset="5" data-length="3"' in page
    assert "After “city” comes one of: is, is not," in page


def test_of_sentence_and_rows_the_one_that_was_changed_counts(cast):
    client, picked = cast.client("alice"), rows(field="city", op="is", value="Ede")
    typed = picked | {"filter.sentence": "city is Utrecht", "filter.was": "city is Ede", "apply": "1"}
    assert where_of(client.get(FILTER, typed))["all"][0]["value"] == "Utrecht"
    untouched = picked | {"filter.sentence": "city is Utrecht", "filter.was": "city is Utrecht", "apply": "1"}
    assert where_of(client.get(FILTER, untouched))["all"][0]["value"] == "Ede"


def test_groups_and_related_rows_are_picked_without_a_script(cast):
    client = cast.client("alice")
    page = client.get(FILTER, rows(field="city", op="is", value="Ede") | {"filter.do": "group:r"}).content.decode()
    assert 'name="filter.r.1.0.field"' in page
    assert "<html" in page
    related = {"filter.r.0.field": "@orders:count", "filter.r.0.op": "at_least", "filter.r.0.value": "3"}
    within = {"filter.r.0.w.join": "any", "filter.r.0.w.0.field": "total", "filter.r.0.w.0.op": "over"}
    made = where_of(client.get(FILTER, {"apply": "1", **rows(), **related, **within, "filter.r.0.w.0.value": "500"}))
    over = {"field": "total", "op": "over", "value": "500"}
    assert made == {"all": [{"related": "orders", "where": {"any": [over]}, "count": {"op": "at_least", "value": "3"}}]}
    shown = client.get(FILTER, {"where": json.dumps(made), "at": "/all/0"}).content.decode()
    assert 'value="at least 3 orders with (total over €\xa0500)"' in shown


def test_an_emptied_editor_takes_the_filter_away(cast):
    where = json.dumps({"all": [{"field": "city", "op": "is", "value": "Ede"}]})
    answer = cast.client("alice").get(
        FILTER, {"apply": "1", "where": where, "filter.sentence": "", "filter.was": "city is Ede"}
    )
    assert answer.url == "/customers/"


@pytest.mark.parametrize(
    "path", ["filter.r." + "0." * 500 + "field", "filter.r.²", "filter.r.0.0.w.w.0.op", "filter.r.do"]
)
@pytest.mark.parametrize(
    "what", ["@orders", "@orders:sum:", "@x:y:z", "@orders:exists:id", "custom.", "@:::", "@orders:sum:status"]
)
def test_rows_from_anywhere_are_refused_or_left_aside(path, what, cast):
    data = rows(field=what, op="is", value="1") | {path: "x", "apply": "1", "filter.do": "remove:r.0.0.9999999999.w"}
    assert cast.client("alice").get(FILTER, data).status_code in {200, 302, 422}


def test_the_rows_are_those_of_what_was_typed(cast):
    client = cast.client("alice")
    data = {"editor": "filter", "filter.sentence": "revenue over 5", "filter.was": ""}
    page = client.get(ROWS, data, headers={"HX-Request": "true", "HX-Trigger": "filter-sentence"}).content.decode()
    assert '<option value="revenue" selected>' in page
    assert "<html" not in page
    picked = rows(field="city", op="is", value="Ede") | {"filter.sentence": "broken"}
    page = client.get(ROWS, picked, headers={"HX-Request": "true", "HX-Trigger": "filter-rows"}).content.decode()
    assert 'data-said="city is Ede"' in page


def suggested(client, sentence, offset=None):
    asked = {"sentence": sentence, "offset": len(sentence) if offset is None else offset}
    return [each["text"] for each in client.get("/customers/condition/suggestions", asked).json()]


def test_what_may_come_next_is_suggested(cast):
    client = cast.client("alice")
    assert suggested(client, "cit")[0] == "city"
    assert suggested(client, "city ")[:2] == ["is", "is not"]
    assert suggested(client, "owner is Al") == ["Alice"]
    assert suggested(client, "city is Ede ") == ["and", "or"]
    assert "status" in " ".join(suggested(client, "has orders with (sta"))
    assert suggested(client, "🚲 cit", 99)[:1] == []


def test_a_hidden_field_is_neither_suggested_nor_told_from_an_unknown_one(cast):
    rights = {"read": "all", "fields": {"revenue": "hidden"}}
    Role.objects.filter(name="Agent").update(grants={"records": {"*": rights}})
    client, part = cast.client("bob"), {"HX-Request": "true"}
    assert not any("revenue" in each for each in suggested(client, "rev"))
    for asked in (
        lambda name: {"filter.sentence": f"{name} over 5", "filter.was": ""},
        lambda name: rows(field=name, op="over", value="5"),
        lambda name: rows(field=f"@orders:sum:{name}", op="over", value="5"),
    ):
        known, unknown = (
            client.get(FILTER, {"apply": "1", **asked(name)}, headers=part).content.decode().replace(name, "…")
            for name in ("revenue", "revenoe")
        )
        assert 'role="alert"' in known
        assert known == unknown
