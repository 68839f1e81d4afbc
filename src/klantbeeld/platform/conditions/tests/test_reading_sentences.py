"""A sentence is read back as the condition that it was written from, whatever the fields and values are called."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.public import (
    BadSentence,
    FieldSet,
    Kind,
    Speech,
    check,
    complete,
    dump,
    normal,
    parse,
    read,
    text,
    write,
)
from klantbeeld.platform.conditions.tests.strategies import conditions
from klantbeeld.platform.conditions.tests.test_saying import SENTENCES
from klantbeeld.platform.conditions.tests.world import AMSTERDAM, COMPANIES, CONTEXTS, LINES, MEMBERS, PEOPLE, PURCHASES

ENGLISH, DUTCH = Speech("en", AMSTERDAM), Speech("nl", AMSTERDAM)
# Following every line to explain a failure would take most of the time.
QUICK = settings(deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])
# Names and values as they may not be, but are.
AWKWARD = [
    "and", "is", "City is", "Terms and conditions", "not", "Not paid", "has", "has purchases", "at least", "Over 3",
    "last", "last paid on", "Paid", "paid on", "sum of total", "everything", 'the "best"', "(old)", "a, b", "[x]", "x]",
    "with", "Purchases with", "purchases", " two  spaces ", "“curly”", "en", "of", "is niet", "Niet", "heeft", "met",
    "alles", "Laatste", "STRASSE", "straße", "İ", "between 1", "in the last month", "empty", "me", "\\u{a}", "a\nb",
    "500", "Bob",
]  # fmt: skip


class Known:
    """Two Bobs, an "or" and a colleague who is called like an id."""

    by_id = {
        MEMBERS[0]: "Bob",
        MEMBERS[1]: "Bob",
        MEMBERS[2]: "Jansen or Sons",
        MEMBERS[3]: str(UUID(int=99)),
        COMPANIES[0]: "empty",
        COMPANIES[1]: "Café, Ede",
    }

    def name(self, field, key):
        return self.by_id.get(key)

    def called(self, field, name):
        return [(key, each) for key, each in self.by_id.items() if each.casefold() == name.casefold()]

    def like(self, field, text):
        return [(key, each) for key, each in self.by_id.items() if text.casefold() in each.casefold()]


def renamed(fieldset, labels, relations):
    """The field set with other labels on its fields and relations."""
    named = iter(labels)
    fields = [replace(each, label=next(named, each.label)) for each in fieldset.fields.values()]
    return FieldSet.of(fields, [replace(each, **relations) for each in fieldset.relations.values()])


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("context", CONTEXTS[:4:3], ids=["Amsterdam", "New York"])
@given(data=st.data())
@settings(QUICK, max_examples=30)
def test_what_was_written_is_read_back(language, context, data, dutch_words):
    condition = data.draw(conditions(PEOPLE, context))
    speech = Speech(language, context.timezone, "USD", Known())
    assert read(write(condition, PEOPLE, speech), PEOPLE, speech) == normal(condition, PEOPLE)


@pytest.mark.parametrize("language", ["en", "nl"])
@given(data=st.data())
@settings(QUICK, max_examples=30)
def test_fields_may_be_called_anything(language, data, dutch_words):
    names = st.lists(st.sampled_from(AWKWARD) | st.text(min_size=1, max_size=12), min_size=8, max_size=30)
    purchases = renamed(PURCHASES, data.draw(names), {"label": data.draw(st.sampled_from(AWKWARD))})
    relations = {"label": data.draw(st.sampled_from(AWKWARD)), "fields": lambda: purchases}
    fieldset = renamed(PEOPLE, data.draw(names), relations)
    condition, speech = data.draw(conditions(fieldset, CONTEXTS[0])), Speech(language, AMSTERDAM)
    assert read(write(condition, fieldset, speech), fieldset, speech) == normal(condition, fieldset)


@pytest.mark.parametrize("language", ["en", "nl"])
@given(value=st.sampled_from(AWKWARD) | st.text(min_size=1).filter(lambda value: "\0" not in value))
@settings(QUICK, max_examples=60)
def test_values_may_be_anything(language, value, dutch_words):
    choices = (("a", value), ("b", "B"), ("c]", "b"))
    fieldset = FieldSet.of([replace(PEOPLE.field("stage"), choices=choices), PEOPLE.field("city")])
    speech = Speech(language)
    for part in ({"field": "city", "op": "in", "value": [value, "x"]}, {"field": "stage", "op": "is", "value": "a"}):
        condition = parse({"any": [part, {"field": "stage", "op": "in", "value": ["b", "c]"]}]})
        assert read(write(condition, fieldset, speech), fieldset, speech) == normal(condition, fieldset)


@pytest.mark.parametrize(("data", "english", "dutch"), SENTENCES)
def test_the_sentence_on_the_screen_is_the_one_that_is_read(data, english, dutch, dutch_words):
    condition = parse(data)
    assert read(english, PEOPLE, ENGLISH) == read(dutch, PEOPLE, DUTCH) == normal(condition, PEOPLE)
    assert (write(condition, PEOPLE, ENGLISH), write(condition, PEOPLE, DUTCH)) == (english, dutch)


@pytest.mark.parametrize(
    ("sentence", "same"),
    [
        ("City IS Utrecht AND lifetime value is over € 1,500.50", "city is Utrecht and lifetime value over 1500.5"),
        ("city = Utrecht or city = Ede and score >= 3", "city is Utrecht or (city is Ede and score at least 3)"),
        ("not active is yes", "not (active is yes)"),
        ("((city is “Den Haag”))", 'city is "Den Haag"'),
        ("has no purchases paid on in the last 30 days", "has no purchases with (paid on in the last 30 days)"),
        ("has purchases with total over 5 and score is 1", "has purchases with (total over 5) and score is 1"),
        ("born on 31 March 2026 or born on 31-3-2026", "born on 2026-03-31 or born on 31 Mar 2026"),
        ("last seen after 31 Mar 2026, 12:00", "last seen after 2026-03-31T10:00:00Z"),
        ("[custom.city] is Ede", "own city is Ede"),
    ],
)
def test_people_say_it_in_more_ways_than_one(sentence, same, dutch_words):
    assert read(sentence, PEOPLE, ENGLISH) == read(same, PEOPLE, ENGLISH)


def test_the_same_is_said_in_dutch(dutch_words):
    said = read("city is Utrecht en (lifetime value is meer dan € 1.500,50 of owner ben ik)", PEOPLE, DUTCH)
    assert said == read("city is Utrecht and (lifetime value over € 1,500.50 or owner is me)", PEOPLE, ENGLISH)
    spans = ["born in het afgelopen jaar", "born in de afgelopen jaar", "born is in het afgelopen jaar"]
    assert len({repr(read(each, PEOPLE, DUTCH)) for each in spans}) == 1


WRONG = [
    ("", 0, "Expected a condition here"),
    ("citty is Utrecht", 0, "There is no field “citty” here."),
    ("city Utrecht", 5, "After “city” comes one of: is, is not, contains"),
    ("city is", 7, "Expected a value after “is”."),
    ("city is Utrecht and", 19, "Expected a condition here"),
    ("city is Utrecht, Ede", 8, "comma between quotes"),
    ("city is empty Utrecht", 14, "Expected one of and, or or the end here, not “Utrecht”."),
    ("(city is Ede", 0, "isn't closed"),
    ("city is Ede)", 11, "or the end here"),
    ('city is "Ede', 8, "has no end"),
    ("score over much", 11, "is not a number like 1,234.56"),
    ("score between 1 or 2", 16, "Expected “and”"),
    ("score between 2 and 1", 14, "higher than the second"),
    ("born before tomorrow", 12, "is not a date like"),
    ("born on 31 Feb 2026", 8, "is not a date like"),
    ("born in the last 3 decades", 19, "Expected a length of time"),
    ("born in the last 0 days", 17, "whole number"),
    ("born in the last 3 hours", 17, "no hours"),
    ("stage is winner", 9, "expected one of: Lead, Customer, Lost"),
    ("at least 3 shoes", 11, "one of: purchases"),
    ("owner is Bob", 9, "Several are called “Bob”"),
    ("owner is Nobody", 9, "Nobody and nothing that you may see"),
    ("has purchases with (lines is 3)", 20, "There is no field “lines” here."),
    ("not " * 100, 68, "nested"),
    ("(" * 5000, 17, "nested"),
    (" and ".join(["city is Ede"] * 101), 1600, "At most 100 conditions"),
    ("x" * 20_000, limits.SENTENCE, "characters long"),
]


@pytest.mark.parametrize(("sentence", "offset", "message"), WRONG, ids=[each[0][:20] for each in WRONG])
def test_what_is_wrong_is_said_with_its_place(sentence, offset, message):
    with pytest.raises(BadSentence) as refused:
        read(sentence, PEOPLE, replace(ENGLISH, names=Known()))
    assert message in refused.value.message
    assert refused.value.offset == offset


def test_a_hidden_field_is_refused_like_one_that_does_not_exist():
    seen = FieldSet.of([PEOPLE.field("city")])
    refusals = []
    for name in ("worth", "wurth"):
        with pytest.raises(BadSentence) as refused:
            read(f"{name} over 5", seen, ENGLISH)
        refusals.append((refused.value.message.replace(name, "…"), refused.value.offset, refused.value.expected))
    assert refusals[0] == refusals[1]
    assert not any("alue" in each.text for each in complete("", 0, seen, ENGLISH))


VOCABULARY = [
    "city",
    "is",
    "and",
    "or",
    "(",
    ")",
    '"',
    "“",
    "[",
    "]",
    ",",
    "not",
    "has",
    "purchases",
    "with",
    "5",
    "3 days",
]
VOCABULARY += [
    "last",
    "in the last",
    "between",
    "score",
    "born",
    "\u0000",
    "\ud800",
    "²",
    "−",
    "€",
    "owner",
    "at least",
    "\n",
]


@given(st.lists(st.sampled_from(VOCABULARY) | st.text(max_size=5), max_size=30).map(" ".join))
@example('"' * 9999)
@example('a"' * 5000)
@example("city is " + "a," * 4000)
@settings(QUICK, max_examples=150)
def test_whatever_comes_in_is_read_or_refused_at_a_place_in_it(sentence):
    try:
        check(parse(dump(read(sentence, PEOPLE, ENGLISH))), PEOPLE)
    except BadSentence as refused:
        assert 0 <= refused.offset <= len(sentence)  # noqa: PT017 - being read is as good
    complete(sentence, len(sentence), PEOPLE, ENGLISH)


def test_amounts_are_read_in_the_currency_of_the_organisation():
    swiss = Speech("en", currency="CHF")
    assert "CHF" in text(parse({"field": "worth", "op": "over", "value": 5}), PEOPLE, "en", currency="CHF")
    assert read("lifetime value over CHF 5", PEOPLE, swiss).value == "5"


def test_every_kind_of_field_is_in_the_world_of_these_tests():
    assert {each.kind for each in [*PEOPLE.fields.values(), *LINES.fields.values()]} == set(Kind)
