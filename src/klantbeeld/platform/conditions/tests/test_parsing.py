import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.public import BadCondition, check, dump, parse
from klantbeeld.platform.conditions.tests.strategies import conditions
from klantbeeld.platform.conditions.tests.world import CONTEXTS, PEOPLE

GRAMMAR = ("all", "any", "none", "field", "op", "value", "related", "where", "count", "sum", "exists", "n", "unit")
NAMES = ("purchases", "total", "is", "over", "between", "in_last", "in", "month", "2026-01-01", "1")
WORDS = st.sampled_from([*GRAMMAR, *NAMES, *PEOPLE.fields])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=4)
)
LEAF = st.fixed_dictionaries(
    {"field": st.sampled_from(list(PEOPLE.fields)), "op": WORDS | st.sampled_from(["on", "at_least", "is_empty"])},
    optional={"value": ANYTHING},
)


@given(conditions(PEOPLE, CONTEXTS[0]))
@settings(deadline=None)
def test_what_is_dumped_reads_back_the_same(condition):
    assert parse(dump(condition)) == condition
    check(condition, PEOPLE)


@given(ANYTHING | LEAF | st.fixed_dictionaries({"all": st.lists(LEAF | ANYTHING, max_size=3)}))
@settings(deadline=None, max_examples=400)
def test_any_json_is_a_condition_or_a_bad_condition(data):
    try:
        check(parse(data), PEOPLE)
    except BadCondition as refused:
        error = refused
    else:
        return
    assert error.path == "" or error.path.startswith("/")
    assert error.message


CITY = {"field": "city", "op": "is", "value": "Ede"}


def nested(depth):
    return CITY if depth == 1 else {"all": [nested(depth - 1)]}


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], ""),
        ({}, ""),
        ({"all": {}}, "/all"),
        ({"any": []}, "/any"),
        ({"none": []}, "/none"),
        ({"all": [CITY], "any": [CITY]}, ""),
        ({"all": [CITY, 5]}, "/all/1"),
        ({**CITY, "extra": 1}, ""),
        ({**CITY, "field": ""}, "/field"),
        ({**CITY, "op": None}, "/op"),
        ({**CITY, "value": None}, "/value"),
        ({**CITY, "value": "a\0b"}, "/value"),
        ({**CITY, "value": "\ud800"}, "/value"),
        ({**CITY, "value": ["a", ["b"]]}, "/value/1"),
        ({**CITY, "value": float("nan")}, "/value"),
        ({**CITY, "value": float("inf")}, "/value"),
        ({**CITY, "value": 10**5000}, "/value"),
        ({**CITY, "value": "x" * (limits.TEXT_LENGTH + 1)}, "/value"),
        ({**CITY, "value": ["x"] * (limits.LIST_VALUES + 1)}, "/value"),
        ({**CITY, "value": {"n": 0, "unit": "day"}}, "/value/n"),
        ({**CITY, "value": {"n": 1, "unit": "decade"}}, "/value/unit"),
        ({"related": "purchases", "exists": 1}, "/exists"),
        ({"related": "purchases", "exists": True, "count": {"op": "is", "value": 1}}, ""),
        ({"related": "purchases", "where": {"all": [{}]}}, "/where/all/0"),
        (nested(limits.DEPTH + 1), "/all/0" * limits.DEPTH),
        ({"all": [CITY] * (limits.LEAVES + 1)}, f"/all/{limits.LEAVES}"),
        ({"all": [{"all": []}] * (limits.NODES + 1)}, f"/all/{limits.NODES - 1}"),
    ],
)
def test_an_error_names_the_place(data, path):
    with pytest.raises(BadCondition) as refused:
        parse(data)
    assert refused.value.path == path


def test_the_largest_condition_that_fits_is_taken():
    assert dump(parse(nested(limits.DEPTH))) == nested(limits.DEPTH)
    assert len(parse({"all": [CITY] * limits.LEAVES}).parts) == limits.LEAVES


def test_relations_are_followed_two_steps_and_no_further():
    two = {"related": "purchases", "where": {"related": "lines", "exists": True}, "exists": True}
    assert dump(parse(two)) == two
    with pytest.raises(BadCondition, match="2 steps"):
        parse({"related": "people", "where": two})


def test_a_related_test_without_a_question_asks_whether_there_are_any():
    assert dump(parse({"related": "purchases"})) == {"related": "purchases", "exists": True}
