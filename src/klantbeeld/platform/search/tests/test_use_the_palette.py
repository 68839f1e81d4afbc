"""The palette's answers, the link picker's and the page's."""

import pytest

from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search import commands


def make(actor, slug="customers", **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


def answer(cast, name, path, **query):
    found = cast.client(name).get(path, query)
    assert found.status_code == 200
    return found.content.decode()


def test_matched_parts_are_marked_and_a_preview_is_offered(cast):
    made = make(cast.alice, name="Marieke van der Velden", city="Utrecht")
    html = answer(cast, "alice", "/palette", q="mar vel")
    assert "<mark>Mar</mark>ieke van der <mark>Vel</mark>den" in html
    assert f'href="/customers/{made.id}/"' in html
    assert f'data-preview="/palette/preview/customers/{made.id}"' in html
    assert "/search?q=mar+vel" in html


def test_what_customers_are_called_is_only_text(cast):
    make(cast.alice, name="<script>alert(1)</script>")
    for path in ("/palette", "/search"):
        assert "<script>alert" not in answer(cast, "alice", path, q="script")


def test_the_preview_tells_a_few_facts(cast):
    made = make(cast.alice, name="Marieke van der Velden", city="Utrecht")
    html = answer(cast, "alice", f"/palette/preview/customers/{made.id}")
    assert "Marieke van der Velden" in html
    assert "Utrecht" in html
    assert "<dt>Owner</dt><dd>Alice</dd>" in html


def test_nothing_typed_shows_ones_own_and_what_can_be_done(cast):
    make(cast.bob, name="Piet de Wit")
    html = answer(cast, "bob", "/palette")
    assert "Piet de Wit" in html
    assert 'href="/customers/new"' in html
    assert 'href="/orders/"' in html


def test_an_angle_asks_for_commands_only(cast):
    make(cast.alice, name="New York Bagels")
    html = answer(cast, "alice", "/palette", q="> new cust")
    assert 'href="/customers/new"' in html
    assert "Bagels" not in html
    assert "/search" not in html


@pytest.mark.parametrize(
    ("typed", "people", "numbers"), [("@a1", True, False), ("#a1", False, True), ("a1", True, True)]
)
def test_signs_in_front_ask_for_people_or_numbers(cast, typed, people, numbers):
    make(cast.alice, name="A1 Fietsen")
    make(cast.alice, "products", name="A1 bike", sku="A1", price="1")
    html = answer(cast, "alice", "/palette", q=typed)
    assert ("Fietsen" in html) is people
    assert ("bike" in html) is numbers


def test_who_may_not_create_gets_no_such_command(cast):
    from klantbeeld.platform.access.models import Role

    Role.objects.filter(name="Agent").update(grants={"records": {"customers": {"read": "all"}}})
    html = answer(cast, "bob", "/palette", q=">")
    assert "/customers/new" not in html
    assert 'href="/customers/"' in html
    assert 'href="/orders/"' not in html


def test_the_link_picker_gets_ids_with_titles(cast):
    made = make(cast.alice, name="Marieke van der Velden", city="Utrecht")
    for query in ({"q": "mar"}, {}):
        found = cast.client("alice").get("/lookup/customers", query).json()
        assert found == [{"id": str(made.id), "title": "Marieke van der Velden", "subtitle": "Utrecht"}]


def test_the_page_says_what_to_do_when_nothing_is_found(cast):
    assert "Nothing found for “xyz”" in answer(cast, "alice", "/search", q="xyz")
    assert "Nothing found" not in answer(cast, "alice", "/search")


@pytest.mark.parametrize("typed", ["\x00", "'", "x" * 10_000, "&<>\"'", ">\x00", "#", "@", "#'"])
def test_hostile_questions_are_answered(cast, typed):
    for path in ("/palette", "/search", "/lookup/customers"):
        answer(cast, "alice", path, q=typed)


def test_a_command_is_registered_once_and_does_one_thing():
    with pytest.raises(ValueError, match="either go somewhere or do something"):
        commands.register(commands.Command("both", "Both", "plus", "home", {"set-theme": "dark"}))
