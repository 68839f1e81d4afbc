import pytest

from klantbeeld.platform.conditions.public import BadCondition, Field, FieldSet, Kind, check, parse
from klantbeeld.platform.conditions.tests.world import PEOPLE


def refusal(data):
    with pytest.raises(BadCondition) as refused:
        check(parse(data), PEOPLE)
    return refused.value


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        ("city", "is", 5),
        ("city", "is", ""),
        ("city", "is", ["Ede"]),
        ("city", "in", "Ede"),
        ("city", "in", []),
        ("city", "is_empty", "Ede"),
        ("worth", "over", "NaN"),
        ("worth", "over", "Infinity"),
        ("worth", "over", "1e5"),
        ("worth", "over", "1_000"),
        ("worth", "over", "١٢"),
        ("worth", "over", True),
        ("worth", "over", 1e-300),
        ("worth", "over", "9" * 21),
        ("worth", "between", [1]),
        ("worth", "between", [2, 1]),
        ("born", "on", "31-03-2026"),
        ("born", "on", "2026-02-30"),
        ("born", "on", "9999-12-31"),
        ("born", "before", "2026-01-01T00:00:00+00:00"),
        ("seen", "before", "2026-01-01T00:00:00"),
        ("seen", "between", ["2026-01-02", "2026-01-01T12:00:00+00:00"]),
        ("active", "is", "true"),
        ("active", "is", 1),
        ("stage", "is", "unknown"),
        ("stage", "in", ["lead", "unknown"]),
        ("tags", "has_any", ["gold"]),
        ("owner", "is", "Bob"),
        ("company", "is", "{0199aaaa-0000-7000-8000-00000000}"),
        ("seen", "in_last", 3),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_at_its_place(field, op, value):
    assert refusal({"any": [{"field": field, "op": op, "value": value}]}).path.startswith("/any/0/value")


def test_a_missing_value_is_asked_for():
    error = refusal({"field": "city", "op": "is"})
    assert (error.path, error.message) == ("/value", "Expected a value.")


def test_a_date_has_no_hours():
    assert refusal({"field": "born", "op": "in_last", "value": {"n": 3, "unit": "hour"}}).path == "/value/unit"


def test_an_operator_of_another_kind_is_refused_with_those_that_apply():
    error = refusal({"field": "active", "op": "over", "value": 1})
    assert (error.path, error.message) == ("/op", "Expected one of: is.")


def test_a_relation_that_is_not_there_is_refused():
    assert refusal({"related": "invoices"}).path == "/related"


def test_text_of_related_rows_can_not_be_summed():
    assert refusal({"related": "purchases", "sum": "paid_on", "op": "over", "value": 1}).path == "/sum"


def test_the_condition_on_related_rows_is_checked_too():
    data = {"related": "purchases", "where": {"all": [{"field": "city", "op": "is", "value": "Ede"}]}}
    assert refusal(data).path == "/where/all/0/field"


def test_errors_are_said_in_the_readers_language(dutch):
    assert refusal({"field": "shoe", "op": "is", "value": 1}).message == "Er is hier geen veld “shoe”."


def test_a_field_set_refuses_two_fields_of_one_name():
    with pytest.raises(ValueError, match="city"):
        FieldSet.of([Field("city", "City", Kind.TEXT, "city"), Field("city", "Town", Kind.TEXT, "town")])
