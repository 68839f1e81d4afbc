"""One leaf of the tree, looked up in the field set and with its values typed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from klantbeeld.platform.conditions.errors import BadCondition, UnknownField
from klantbeeld.platform.conditions.fields import Field, FieldSet, Kind, Relation
from klantbeeld.platform.conditions.operators import MEASURED_KINDS, Operator, measure_operators, operators
from klantbeeld.platform.conditions.tree import Condition, Group, Measure, RelatedTest, Test
from klantbeeld.platform.conditions.values import TypedValue, typed

COUNTED = Field("count", "", Kind.NUMBER, path="", nullable=False)


@dataclass(frozen=True)
class Comparison:
    """A field, an operator that its kind has, and a value that the operator takes."""

    field: Field
    operator: Operator
    value: TypedValue


@dataclass(frozen=True)
class RelatedComparison:
    """A relation, the fields of its rows, and, unless only existence is asked, what their figure is compared with."""

    relation: Relation
    fields: FieldSet
    comparison: Comparison | None


def check(condition: Condition, fieldset: FieldSet, at: str = "") -> None:
    """Raise BadCondition if the condition can't be used on this field set: an unknown or hidden field or relation, an
    operator that the kind of field doesn't have, a value of the wrong type."""
    match condition:
        case Group(join=join, parts=parts):
            for i, part in enumerate(parts):
                check(part, fieldset, f"{at}/{join}/{i}")
        case Test():
            resolve(condition, fieldset, at)
        case RelatedTest(where=where):
            related = resolve_related(condition, fieldset, at)
            if where is not None:
                check(where, related.fields, f"{at}/where")


def resolve(test: Test, fieldset: FieldSet, at: str) -> Comparison:
    """Return what a test compares; raises BadCondition."""
    field = _field(fieldset, test.field, f"{at}/field")
    operator = _operator(operators(field.kind), test.op, f"{at}/op")
    return Comparison(field, operator, typed(field, operator, test.value, f"{at}/value"))


def resolve_related(test: RelatedTest, fieldset: FieldSet, at: str) -> RelatedComparison:
    """Return what a test of related rows compares; raises BadCondition."""
    try:
        relation = fieldset.relation(test.related)
    except UnknownField:
        message = _("There is no relation “%(name)s” here.") % {"name": test.related}
        raise BadCondition(f"{at}/related", message) from None
    fields = relation.fields()
    if test.measure is Measure.EXISTS:
        return RelatedComparison(relation, fields, None)
    if test.measure is Measure.COUNT:
        field, at = COUNTED, f"{at}/count"
    else:
        field = _field(fields, test.field or "", f"{at}/{test.measure}")
        if field.kind not in MEASURED_KINDS[test.measure]:
            message = _("“%(name)s” can't be measured this way.") % {"name": field.name}
            raise BadCondition(f"{at}/{test.measure}", message)
    operator = _operator(measure_operators(field.kind), test.op, f"{at}/op")
    return RelatedComparison(
        relation, fields, Comparison(field, operator, typed(field, operator, test.value, f"{at}/value"))
    )


def _field(fieldset: FieldSet, name: str, at: str) -> Field:
    try:
        return fieldset.field(name)
    except UnknownField:
        raise BadCondition(at, _("There is no field “%(name)s” here.") % {"name": name}) from None


def _operator(known: tuple[Operator, ...], name: str | None, at: str) -> Operator:
    for operator in known:
        if operator.name == name:
            return operator
    names = ", ".join(operator.name for operator in known)
    raise BadCondition(at, _("Expected one of: %(names)s.") % {"names": names})
