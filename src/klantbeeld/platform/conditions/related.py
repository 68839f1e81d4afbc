"""Questions about related rows: whether there are any, how many, and their figures."""

import math
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DecimalField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from klantbeeld.platform.conditions.context import Context
from klantbeeld.platform.conditions.fields import Relation
from klantbeeld.platform.conditions.operands import Operand, aggregated, figure
from klantbeeld.platform.conditions.operators import COMPLEMENTS
from klantbeeld.platform.conditions.own_ids import id_under, points_to
from klantbeeld.platform.conditions.predicates import FALSE, TRUE, predicate
from klantbeeld.platform.conditions.resolving import Comparison, RelatedComparison
from klantbeeld.platform.conditions.tree import Measure, RelatedTest

MOST_ROWS = 2**31
_OWN_LINK = "own_link_"
AGGREGATES = {Measure.COUNT: Count, Measure.SUM: Sum, Measure.AVG: Avg, Measure.MIN: Min, Measure.MAX: Max}


def correlated(
    test: RelatedTest, related: RelatedComparison, rows: QuerySet[Any], context: Context, negated: bool
) -> Q:
    """Return the test, or its complement, as a Q on the root that looks up the related rows of each row.

    `rows` are the related rows that count.
    """
    mine = _linked(
        rows.order_by().filter(points_to(related.relation.link, related.relation.own, OuterRef("pk"))), related.relation
    )
    comparison = related.comparison
    if comparison is None:
        return _at_least(1, mine, negated is bool(test.value))
    if test.measure is Measure.COUNT:
        return _count(comparison, mine, negated)
    left = _figure(test.measure, comparison, related, mine)
    return predicate(comparison, left, context, negated)


def grouped(test: RelatedTest, related: RelatedComparison, rows: QuerySet[Any], context: Context) -> Q:
    """Return the test as a Q on the root that goes through the related rows once, whatever the number of root rows.

    Right only for a comparison that `needs_rows`. Better than a look-up for each root row if `rows` are few among
    many and the database can join with the outcome: counting a million customers takes one second instead of ten.
    """
    comparison, link = _compared(related), _link(related.relation)
    value: Any = "pk" if test.measure is Measure.COUNT else aggregated(comparison.field)
    groups = _linked(rows, related.relation).order_by().values(link).annotate(figure_=AGGREGATES[test.measure](value))
    wanted = groups.filter(predicate(comparison, figure(comparison.field, F("figure_")), context, negated=False))
    return Q(pk__in=wanted.values(link))


def _linked(rows: QuerySet[Any], relation: Relation) -> QuerySet[Any]:
    """The rows with what they point to under the name that `_link` says."""
    return rows.annotate(**{_OWN_LINK: id_under(relation.link)}) if relation.own else rows


def _link(relation: Relation) -> str:
    return _OWN_LINK if relation.own else relation.link


def needs_rows(comparison: Comparison, test: RelatedTest) -> bool:
    """Say whether the test fails for every root row without related rows and asks for more than their existence."""
    name, value = comparison.operator.name, comparison.value
    if name in COMPLEMENTS:
        return False
    if test.measure is Measure.COUNT:
        low, high = _range(name, value)
        return low > 1 or (low == 1 and high is not None)
    return test.measure is not Measure.SUM or not _fits_zero(name, value)


def _fits_zero(name: str, value: Any) -> bool:
    if name == "between":
        return bool(value[0] <= 0 <= value[1])
    return bool({"is": value == 0, "over": value < 0, "at_least": value <= 0, "under": value > 0}.get(name, value >= 0))


def _compared(related: RelatedComparison) -> Comparison:
    if related.comparison is None:
        raise TypeError("a test of existence compares nothing")
    return related.comparison


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
    field, link = comparison.field, _link(related.relation)
    aggregate = AGGREGATES[measure](aggregated(field))
    value: Any = Subquery(mine.values(link).annotate(figure_=aggregate).values("figure_"))
    if measure is Measure.SUM:
        value = Coalesce(value, Value(Decimal(0)), output_field=DecimalField())
    return figure(field, value)
