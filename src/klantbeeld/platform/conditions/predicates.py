"""One comparison to SQL. What is no operator of its own is the complement of one: see `COMPLEMENTS`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import BooleanField, Func, Q, Value

from klantbeeld.platform.conditions.context import Context
from klantbeeld.platform.conditions.fields import Kind
from klantbeeld.platform.conditions.operands import Operand
from klantbeeld.platform.conditions.operators import COMPLEMENTS
from klantbeeld.platform.conditions.periods import period
from klantbeeld.platform.conditions.resolving import Comparison

TRUE = Q(Value(True))
FALSE = Q(Value(False))
TIMES = (Kind.DATE, Kind.DATETIME)

_MADE: Mapping[str, Callable[[Operand, Any, Context], Q]] = {
    "is": lambda left, value, context: left.equals(value),
    "in": lambda left, value, context: left.one_of(value),
    "over": lambda left, value, context: left.within([(">", value)]),
    "at_least": lambda left, value, context: left.within([(">=", value)]),
    "under": lambda left, value, context: left.within([("<", value)]),
    "at_most": lambda left, value, context: left.within([("<=", value)]),
    "between": lambda left, value, context: left.within([(">=", value[0]), ("<=", value[1])]),
    "contains": lambda left, value, context: left.like(f"%{_literally(value)}%"),
    "starts_with": lambda left, value, context: left.like(f"{_literally(value)}%"),
    "ends_with": lambda left, value, context: left.like(f"%{_literally(value)}"),
    "has_any": lambda left, value, context: left.has_any(list(value)),
    "has_all": lambda left, value, context: left.has_all(list(value)),
    "is_me": lambda left, value, context: left.equals(context.member_id) if context.member_id else FALSE,
    "in_my_team": lambda left, value, context: (
        left.one_of(context.team_member_ids) if context.team_member_ids else FALSE
    ),
}


def _literally(text: str) -> str:
    """The text without a sign that means something to LIKE."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def complement(predicate: Q) -> Q:
    """Return what holds exactly where the predicate doesn't: also where it is NULL."""
    return Q(Func(predicate, template="(%(expressions)s) IS NOT TRUE", output_field=BooleanField()))


def predicate(comparison: Comparison, left: Operand, context: Context, negated: bool) -> Q:
    """Return a comparison, or its complement, as a Q of which NULL counts as false."""
    name = comparison.operator.name
    negated ^= name in COMPLEMENTS
    name = COMPLEMENTS.get(name, name)
    if name == "is_empty":
        # Said the other way round, because "is not null" can use an index and the complement can't.
        return ~left.empty() if negated else left.empty()
    found = _positive(name, comparison, left, context)
    return complement(found) if negated else found


def _positive(name: str, comparison: Comparison, left: Operand, context: Context) -> Q:
    value: Any = comparison.value
    if comparison.field.kind in TIMES:
        start, end = period(comparison, context)
        return left.within((sign, edge) for sign, edge in ((">=", start), ("<", end)) if edge is not None)
    return _MADE[name](left, value, context)
