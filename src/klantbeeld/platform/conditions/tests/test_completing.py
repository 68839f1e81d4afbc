"""What is suggested while a sentence is typed."""

from dataclasses import replace

import pytest

from klantbeeld.platform.conditions.public import Speech, complete
from klantbeeld.platform.conditions.tests.test_reading_sentences import Known
from klantbeeld.platform.conditions.tests.world import MEMBERS, PEOPLE

ENGLISH = Speech("en", names=Known())


def texts(sentence, speech=ENGLISH, fieldset=PEOPLE):
    return [each.text for each in complete(sentence, len(sentence), fieldset, speech)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", ["city", "own city"]),
        ("cit", ["city", "own city"]),
        ("city ", ["is", "is not", "contains"]),
        ("city is n", ["is not", "is none of", "is not empty"]),
        ("stage is ", ["Lead", "Customer", "Lost"]),
        ("stage is one of Lead, cu", ["Customer"]),
        ("active is ", ["yes", "no"]),
        ("born in the last 3 ", ["hour", "hours"]),
        ("city is Ede ", ["and", "or"]),
        ("(city is Ede ", ["and", "or", ")"]),
        ("city is Ede and sco", ["score"]),
        ("at least 3 ", ["purchases"]),
        ("has purchases ", ["and", "or", "with ("]),
        ("has purchases with (to", ["total"]),
        ("sum", ["sum of total of purchases", "sum of weight of purchases"]),
        ("owner is j", ['"Jansen or Sons"']),
        ("owner is bo", [f"[{MEMBERS[0]}]", f"[{MEMBERS[1]}]"]),
    ],
)
def test_what_may_come_next_comes_first(typed, first):
    assert texts(typed)[: len(first)] == first


def test_a_suggestion_says_what_it_stands_instead_of():
    hit = complete("city is Ede and sta", 19, PEOPLE, ENGLISH)[0]
    assert (hit.text, hit.start, hit.end) == ("stage", 16, 19)


def test_only_what_stands_before_the_place_counts():
    assert complete("cit is Ede", 3, PEOPLE, ENGLISH)[0].text == "city"


def test_of_two_with_one_name_each_is_named_with_its_id():
    found = complete("owner is bo", 11, PEOPLE, ENGLISH)
    assert [each.label for each in found] == [f"Bob [{MEMBERS[0]}]", f"Bob [{MEMBERS[1]}]"]


def test_it_goes_on_in_dutch(dutch_words):
    assert texts("city is Ede ", replace(ENGLISH, language="nl")) == ["en", "of"]
