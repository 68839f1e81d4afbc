from html import unescape

import pytest
from django.test import RequestFactory
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.ui.components import avatar
from klantbeeld.platform.ui.palette import Group, Hit, answer, highlight


def ask(query, *groups):
    return answer(RequestFactory().get("/palette", {"q": query}), groups).content.decode()


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Marieke van der Velden", "mar vel", "<mark>Mar</mark>ieke van der <mark>Vel</mark>den"),
        ("Velvet Marvel", "vel", "<mark>Vel</mark>vet Marvel"),
        ("<b>Blom</b>", "blo", "&lt;b&gt;<mark>Blo</mark>m&lt;/b&gt;"),
        ("Anna", "a", "Anna"),
        ("C++ (GmbH)", "(gmbh", "C++ <mark>(GmbH</mark>)"),
    ],
)
def test_what_was_typed_is_marked_in_what_was_found(text, query, shown):
    assert highlight(text, query) == shown


@given(st.text(alphabet=st.characters(exclude_characters="<>&\x00")), st.text())
def test_marking_changes_nothing_else(text, query):
    assert unescape(strip_tags(highlight(text, query))) == unescape(text)


def test_hits_are_options_of_their_group():
    customers = Group(
        "Customers", [Hit("Bakkerij Blom", "/customers/7", avatar("Bakkerij Blom", 7), "Utrecht", "/look/7")]
    )
    html = ask("blom", customers, Group("Empty", []))
    assert 'href="/customers/7" data-preview="/look/7"' in html
    assert "Utrecht" in html
    assert "Empty" not in html
    assert html.count('role="option"') == 1


def test_a_command_without_an_address_carries_its_attributes():
    assert 'data-set-theme="dark"' in ask("dark", Group("Do", [Hit("Dark colours", attributes={"set-theme": "dark"})]))


def test_nothing_found_says_what_was_looked_for_and_what_to_try():
    assert "Nothing found for “&lt;x&gt;”" in ask("<x>")
