import pytest
from django.utils.translation import override

from klantbeeld.platform.conditions.public import EVERYTHING, Kind, clauses, operators, parse, text
from klantbeeld.platform.conditions.tests.world import AMSTERDAM, MEMBERS, PEOPLE

CITY = {"field": "city", "op": "is", "value": "Utrecht"}
WORTH = {"field": "worth", "op": "over", "value": "500"}
YEAR = {"field": "paid_on", "op": "in_last", "value": {"n": 1, "unit": "year"}}
TOTAL = {"field": "total", "op": "over", "value": "500"}
ORDERS = {"related": "purchases", "where": {"all": [YEAR, TOTAL]}}

SENTENCES = [
    (
        {"all": [CITY, WORTH]},
        "city is Utrecht and lifetime value over €\xa0500",
        "city is Utrecht en lifetime value meer dan €\xa0500",
    ),
    (
        {"any": [CITY, {"all": [WORTH, {"field": "active", "op": "is", "value": True}]}]},
        "city is Utrecht or (lifetime value over €\xa0500 and active is yes)",
        "city is Utrecht of (lifetime value meer dan €\xa0500 en active is ja)",
    ),
    (
        {"all": [WORTH, {"none": [CITY, {"field": "owner", "op": "is_me"}]}]},
        "lifetime value over €\xa0500 and not (city is Utrecht or owner is me)",
        "lifetime value meer dan €\xa0500 en niet (city is Utrecht of owner ben ik)",
    ),
    (
        {**ORDERS, "count": {"op": "at_least", "value": 3}},
        "at least 3 purchases with (paid on in the last year and total over €\xa0500)",
        "minstens 3 purchases met (paid on in het afgelopen jaar en total meer dan €\xa0500)",
    ),
    ({"related": "purchases", "exists": False}, "has no purchases", "heeft geen purchases"),
    (
        {"related": "purchases", "sum": "total", "op": "at_most", "value": -1234.5},
        "sum of total of purchases at most −\xa0€\xa01,234.50",
        "som van total van purchases hoogstens −\xa0€\xa01.234,50",
    ),
    (
        {"related": "purchases", "max": "paid_on", "op": "more_than_ago", "value": {"n": 1, "unit": "month"}},
        "last paid on of purchases longer ago than 1 month",
        "laatste paid on van purchases langer geleden dan 1 maand",
    ),
    (
        {"field": "seen", "op": "in_last", "value": {"n": 1, "unit": "month"}},
        "last seen in the last month",
        "last seen in de afgelopen maand",
    ),
    (
        {"field": "born", "op": "between", "value": ["2026-03-01", "2026-05-31"]},
        "born between 1 Mar 2026 and 31 May 2026",
        "born tussen 1 mrt 2026 en 31 mei 2026",
    ),
    ({"field": "score", "op": "is", "value": "-12345.678901"}, "score is −12,345.678901", "score is −12.345,678901"),
    ({"field": "company.place", "op": "is_empty"}, "VAT place is empty", "VAT place is leeg"),
]


@pytest.mark.parametrize(("data", "english", "dutch"), SENTENCES)
def test_a_condition_reads_as_a_sentence(data, english, dutch, dutch_words):
    assert text(parse(data), PEOPLE, "en") == english
    assert text(parse(data), PEOPLE, "nl") == dutch


def test_no_condition_is_everything(dutch_words):
    assert (text(EVERYTHING, PEOPLE, "en"), text(EVERYTHING, PEOPLE, "nl")) == ("everything", "alles")
    assert clauses(EVERYTHING, PEOPLE, "en") == []


def test_chips_carry_their_words_and_their_place_in_the_tree():
    first, second, third = clauses(parse({"all": [CITY, {"any": [WORTH]}, ORDERS]}), PEOPLE, "en")
    assert (first.path, first.joiner) == ("/all/0", "")
    assert (first.field, first.operator, first.value) == ("city", "is", "Utrecht")
    assert (second.path, second.joiner, second.text) == ("/all/1", "and", "(lifetime value over €\xa0500)")
    assert (third.path, third.field) == ("/all/2", "has")


def test_people_are_named_if_the_reader_may_know_them():
    condition = parse({"field": "owner", "op": "in", "value": [str(MEMBERS[0]), str(MEMBERS[1])]})
    (chip,) = clauses(condition, PEOPLE, "en", lambda field, key: {MEMBERS[0]: "Bob"}.get(key))
    assert chip.value == f"Bob, {MEMBERS[1]}"


def test_moments_are_shown_in_the_readers_time_zone():
    condition = parse({"field": "seen", "op": "before", "value": "2026-06-30T22:30:00+00:00"})
    assert text(condition, PEOPLE, "en", timezone=AMSTERDAM) == "last seen before 1 Jul 2026 00:30"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("locale", ["en", "nl"])
def test_no_two_operators_of_a_kind_have_the_same_words(kind, locale, dutch_words):
    with override(locale):
        labels = [str(operator.label) for operator in operators(kind)]
    assert len(labels) == len(set(labels))
