"""The condition as a tree of plain values, and its canonical JSON."""

from dataclasses import dataclass
from enum import StrEnum

Scalar = str | int | float | bool


class Join(StrEnum):
    """How the parts of a group make the whole."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Unit(StrEnum):
    """Units of a span of time."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Measure(StrEnum):
    """What is asked of related rows."""

    EXISTS = "exists"
    COUNT = "count"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, such as 3 months."""

    n: int
    unit: Unit


Value = Scalar | Span | tuple[Scalar, ...] | None


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which all, any or none must hold. An empty `all` holds for every row."""

    join: Join
    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Test:
    """One field, an operator and, if the operator wants one, a value as it stood in the JSON."""

    field: str
    op: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class RelatedTest:
    """A question about related rows, of which only those that fit `where` count.

    For EXISTS `value` is the answer wanted (a bool) and `op` is None; for COUNT `field` is None.
    """

    related: str
    where: "Condition | None"
    measure: Measure
    field: str | None = None
    op: str | None = None
    value: Value = None


Condition = Group | Test | RelatedTest

EVERYTHING = Group(Join.ALL, ())


def dump(condition: Condition) -> dict[str, object]:
    """Return the canonical JSON object of a condition: `parse(dump(c)) == c`."""
    match condition:
        case Group():
            return {condition.join.value: [dump(part) for part in condition.parts]}
        case Test():
            return {"field": condition.field, **_operation(condition)}
        case RelatedTest():
            return _related(condition)


def _related(condition: RelatedTest) -> dict[str, object]:
    found: dict[str, object] = {"related": condition.related}
    if condition.where is not None:
        found["where"] = dump(condition.where)
    measure = condition.measure.value
    if condition.measure is Measure.EXISTS:
        return {**found, measure: condition.value}
    if condition.measure is Measure.COUNT:
        return {**found, measure: _operation(condition)}
    return {**found, measure: condition.field, **_operation(condition)}


def _operation(condition: Test | RelatedTest) -> dict[str, object]:
    if condition.value is None:
        return {"op": condition.op}
    return {"op": condition.op, "value": _plain(condition.value)}


def _plain(value: Value) -> object:
    if isinstance(value, Span):
        return {"n": value.n, "unit": value.unit.value}
    if isinstance(value, tuple):
        return list(value)
    return value
