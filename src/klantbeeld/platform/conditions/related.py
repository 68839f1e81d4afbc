"""Questions about related rows: whether there are any, how many, and their figures."""

import math
from decimal import Decimal
from typing import Any

from django.db.models import Avg, DecimalField, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from klantbeeld.platform.conditions.context import Context
from klantbeeld.platform.conditions.operands import Operand, aggregated, figure
from klantbeeld.platform.conditions.predicates import FALSE, TRUE, predicate
from klantbeeld.platform.conditions.resolving import Comparison, RelatedComparison
from klantbeeld.platform.conditions.tree import Measure, RelatedTest

MOST_ROWS = 2**31
AGGREGATES = {Measure.SUM: Sum, Measure.AVG: Avg, Measure.MIN: Min, Measure.MAX: Max}


def related_rows(
    test: RelatedTest, related: RelatedComparison, rows: QuerySet[Any], context: Context, negated: bool
) -> Q:
    """Return the test, or its complement, as a Q on the root; `rows` are the related rows that count."""
    mine = rows.order_by().filter(**{related.relation.link: OuterRef("pk")})
    comparison = related.comparison
    if comparison is None:
        return _at_least(1, mine, negated is bool(test.value))
    if test.measure is Measure.COUNT:
        return _count(comparison, mine, negated)
    left = _figure(test.measure, comparison, related, mine)
    return predicate(comparison, left, context, negated)


def _at_least(n: int, mine: QuerySet[Any], negated: bool) -> Q:
    """Look for the n-th row: the database stops there instead of counting them all."""
    if n < 1 or n > MOST_ROWS:
        return TRUE if (n < 1) is not negated else FALSE
    found = Exists(mine if n == 1 else mine[n - 1 : n])
    return Q(~found) if negated else Q(found)


def _count(comparison: Comparison, mine: QuerySet[Any], negated: bool) -> Q:
    """Say a number of rows as "at least this many" and "not as many as that"."""
    low, high = _range(comparison.operator.name, comparison.value)
    negated ^= comparison.operator.name == "is_not"
    enough = _at_least(low, mine, negated)
    if high is None:
        return enough
    not_too_many = _at_least(high + 1, mine, not negated)
    if low < 1:
        return not_too_many
    return enough | not_too_many if negated else enough & not_too_many


def _range(name: str, value: Any) -> tuple[int, int | None]:
    """Return the lowest and the highest number of rows that fit, None for no highest."""
    if name == "between":
        return math.ceil(value[0]), math.floor(value[1])
    return {
        "over": (math.floor(value) + 1, None),
        "at_least": (math.ceil(value), None),
        "under": (0, math.ceil(value) - 1),
        "at_most": (0, math.floor(value)),
    }.get(name, (math.ceil(value), math.floor(value)))


def _figure(measure: Measure, comparison: Comparison, related: RelatedComparison, mine: QuerySet[Any]) -> Operand:
    """Return a figure over related rows. No rows sum up to 0, but have no average, lowest or highest."""
    field, link = comparison.field, related.relation.link
    aggregate = AGGREGATES[measure](aggregated(field))
    value: Any = Subquery(mine.values(link).annotate(figure_=aggregate).values("figure_"))
    if measure is Measure.SUM:
        value = Coalesce(value, Value(Decimal(0)), output_field=DecimalField())
    return figure(field, value)
