"""Finding records by what somebody typed."""

import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.finding import find
from klantbeeld.platform.search.indexing import index


def make(actor, slug="customers", **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


def titles(actor, text, **more):
    return [hit.title for hit in find(actor, text, **more)]


@pytest.fixture
def marieke(cast):
    return make(
        cast.alice,
        name="Marieke van der Velden",
        email="m@vdvelden.nl",
        phone="06 28419037",
        city="Utrecht",
        postcode="3512 AB",
        external_id="K-17850",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "mar vel",
        "VELDEN marieke",
        "velden",
        "van der velden",
        "der velden",
        "Mariéke",
        "marieke utrecht",
        "vdvelden.nl",
        "m@vdvelden",
        "06 2841",
        "0628419037",
        "+31 6 284",
        "0031 6 284",
        "17850",
        "k-178",
        "3512ab",
        "3512 AB",
    ],
)
def test_a_customer_is_found_by_the_beginnings_of_its_words(cast, marieke, typed):
    make(cast.alice, name="Joost Bakker", city="Zwolle", phone="06 11111111")
    assert titles(cast.alice, typed) == ["Marieke van der Velden"]


@pytest.mark.parametrize("typed", ["mareike velden", "marieke veldne", "mariekke", "Marike van der Velten"])
def test_a_misspelt_name_is_found(cast, marieke, typed):
    make(cast.alice, name="Joost Bakker")
    assert titles(cast.alice, typed) == ["Marieke van der Velden"]


def test_a_word_that_occurs_nowhere_finds_nothing(cast, marieke):
    assert titles(cast.alice, "marieke xylofoon") == []


def test_exact_numbers_come_first_then_titles_then_the_rest(cast):
    make(cast.alice, name="Bakker", city="Velden")
    make(cast.alice, name="Jan Velden")
    make(cast.alice, name="Velden Fietsen")
    make(cast.alice, name="Velden")
    make(cast.alice, name="Somebody", external_id="velden7")
    assert titles(cast.alice, "velden") == ["Velden", "Velden Fietsen", "Jan Velden", "Somebody", "Bakker"]
    assert titles(cast.alice, "velden7")[0] == "Somebody"


def test_what_changed_last_comes_first_among_equals(cast):
    for number in range(3):
        make(cast.alice, name=f"Piet de Wit {number}")
    assert titles(cast.alice, "wit") == ["Piet de Wit 2", "Piet de Wit 1", "Piet de Wit 0"]


def test_among_many_others_a_whole_word_comes_before_longer_ones(cast):
    customers = registry.get("customers")
    names = [f"Piet Jansen {at}" for at in range(12)] + [f"Piet Jansenius {at}" for at in range(30)]
    names += [f"Klant {at}" for at in range(320)]
    made = customers.model.objects.bulk_create(customers.model(name=name, sort_name=name.lower()) for name in names)
    index(customers, [each.id for each in made])
    found = titles(cast.alice, "jansen", limit=5)
    assert len(found) == 5
    assert all(title.startswith("Piet Jansen ") for title in found)
    assert len(titles(cast.alice, "janseni", limit=5)) == 5


def test_who_is_found_in_two_ways_leaves_room_for_others(cast):
    for number in range(7):
        make(cast.alice, name=f"Piet Jansen {number}")
    for number in range(2):
        make(cast.alice, name=f"Mo Bakker {number}", email=f"jansen{number}@example.org")
    assert len(titles(cast.alice, "jansen", limit=20)) == 9


def test_an_order_is_found_by_the_beginning_of_its_number(cast, marieke):
    make(cast.alice, "orders", number="C536365", customer=str(marieke.id), placed_at="2026-01-02")
    assert [hit.record_type.slug for hit in find(cast.alice, "c5363")] == ["orders"]
    assert find(cast.alice, "C536365", kinds=["customers"]) == []


@pytest.mark.parametrize("typed", ["2026-0001", "2026-00", "2026", "2026 0001"])
def test_a_number_of_parts_is_found(cast, typed):
    make(cast.alice, "orders", number="2026-0001", placed_at="2026-01-02")
    assert titles(cast.alice, typed) == ["2026-0001"]


def test_only_as_many_as_asked_for_come_back_of_each_type(cast):
    for number in range(6):
        make(cast.alice, name=f"Piet {number}")
        make(cast.alice, "products", name=f"Piet's bike {number}", sku=str(number), price="1")
    found = [hit.record_type.slug for hit in find(cast.alice, "piet", limit=4)]
    assert (found.count("customers"), found.count("products")) == (4, 4)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "'",
        "\\",
        "'':*",
        "a & b | !c",
        "(:*)",
        "<->",
        "\x00",
        "a\x00b",
        "%_%",
        "{}",
        '"},{"',
        "\ufeff",
        "ŉ",
        "½ ﷽",
        "🚲",
        "x" * 10_000,
        "a " * 5_000,
        "'; DROP TABLE search_entry; --",
        "\ud800",
        "+",
        "+31",
        "-" * 300,
        "İ ß ﬃ",
    ],
)
def test_hostile_text_is_only_text(cast, marieke, typed):
    assert isinstance(find(cast.alice, typed), list)


def test_naughty_strings_are_only_text(cast, marieke):
    archive = Path(__file__).parents[2] / "transfer/tests/reading/data/blns.tar.xz"
    with tarfile.open(archive) as files:
        strings = json.load(files.extractfile("blns/blns.json"))
    assert len(strings) > 500
    for typed in strings:
        assert isinstance(find(cast.alice, typed), list)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_answered(cast, typed):
    assert isinstance(find(cast.alice, typed), list)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(alphabet=st.characters(categories=["L", "Nd"]), min_size=1, max_size=20))
def test_whatever_a_customer_is_called_it_is_found_by_that(cast, name):
    made = make(cast.alice, name=f"{name} X")
    assert made.id in [hit.id for hit in find(cast.alice, made.name, limit=200)]
