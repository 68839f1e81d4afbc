import jsonschema_rs
import pytest
from hypothesis import given, settings

from klantbeeld.platform.conditions.fields import FieldSet
from klantbeeld.platform.conditions.public import Kind, dump, operators, schema
from klantbeeld.platform.conditions.tests.strategies import conditions
from klantbeeld.platform.conditions.tests.world import CONTEXTS, PEOPLE

SCHEMA = schema(PEOPLE)
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)


@given(conditions(PEOPLE, CONTEXTS[0]))
@settings(deadline=None)
def test_every_condition_meets_the_schema(condition):
    VALIDATOR.validate(dump(condition))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"any": []},
        {"field": "shoe", "op": "is", "value": "x"},
        {"field": "city", "op": "over", "value": "x"},
        {"field": "city", "op": "is"},
        {"field": "city", "op": "is_empty", "value": "x"},
        {"field": "stage", "op": "is", "value": "unknown"},
        {"field": "born", "op": "on", "value": "yesterday"},
        {"field": "worth", "op": "between", "value": [1]},
        {"related": "purchases", "where": {"field": "city", "op": "is", "value": "x"}},
        {"related": "purchases", "sum": "paid_on", "op": "over", "value": 1},
    ],
)
def test_what_is_no_condition_does_not_meet_the_schema(data):
    assert not VALIDATOR.is_valid(data)


def test_a_hidden_field_is_not_in_the_schema():
    assert "worth" not in str(schema(FieldSet.of([PEOPLE.field("city")])))


def test_references_start_where_the_schema_will_stand():
    assert schema(PEOPLE, "#/components/schemas/")["$ref"] == "#/components/schemas/condition"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_operators_with_words(kind):
    assert all(str(operator.label) for operator in operators(kind))
