"""A condition to one Django Q: one SQL query, no joins that multiply rows."""

import operator
from functools import reduce

from django.db.models import Q

from klantbeeld.platform.conditions.context import Context
from klantbeeld.platform.conditions.fields import FieldSet
from klantbeeld.platform.conditions.operands import operand
from klantbeeld.platform.conditions.predicates import FALSE, TRUE, predicate
from klantbeeld.platform.conditions.related import correlated, grouped, needs_rows
from klantbeeld.platform.conditions.resolving import resolve, resolve_related
from klantbeeld.platform.conditions.tree import Condition, Group, Join, RelatedTest, Test


def compile(condition: Condition, fieldset: FieldSet, context: Context) -> Q:
    """Return the condition for `queryset.filter()` on the root model of the field set.

    A row without a value fails every test but the negative ones ("is not", "does not contain", "is empty" ...), and a
    `none` group holds exactly where the `any` group of the same parts doesn't. Raises BadCondition as `check` does.
    """
    return _compile(condition, fieldset, context, "", negated=False, narrows=True)


def _compile(condition: Condition, fieldset: FieldSet, context: Context, at: str, negated: bool, narrows: bool) -> Q:
    """Compile, or compile the complement: negation is carried down to the leaves, where EXISTS can take it.

    `narrows` says that every row of the result has to meet the condition: it stands under no OR.
    """
    if isinstance(condition, Group):
        return _group(condition, fieldset, context, at, negated, narrows)
    if isinstance(condition, Test):
        comparison = resolve(condition, fieldset, at)
        return predicate(comparison, operand(comparison.field), context, negated)
    return _related(condition, fieldset, context, at, negated, narrows)


def _group(group: Group, fieldset: FieldSet, context: Context, at: str, negated: bool, narrows: bool) -> Q:
    every = (group.join is Join.ANY) is negated
    negated ^= group.join is Join.NONE
    parts = [
        _compile(part, fieldset, context, f"{at}/{group.join}/{i}", negated, narrows and every)
        for i, part in enumerate(group.parts)
    ]
    if not parts:
        return TRUE if every else FALSE
    return reduce(operator.and_ if every else operator.or_, parts)


def _related(test: RelatedTest, fieldset: FieldSet, context: Context, at: str, negated: bool, narrows: bool) -> Q:
    related = resolve_related(test, fieldset, at)
    rows = related.relation.rows()
    if test.where is not None:
        rows = rows.filter(_compile(test.where, related.fields, context, f"{at}/where", negated=False, narrows=True))
    comparison = related.comparison
    if comparison is not None and narrows and not negated and test.where is not None and needs_rows(comparison, test):
        return grouped(test, related, rows, context)
    return correlated(test, related, rows, context, negated)
