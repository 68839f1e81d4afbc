"""The operators of each kind of field, with the words that people see."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from klantbeeld.platform.conditions.fields import Kind
from klantbeeld.platform.conditions.tree import Measure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Arity(StrEnum):
    """How many values an operator takes."""

    NONE = "none"
    ONE = "one"
    TWO = "two"
    MANY = "many"


class ValueKind(StrEnum):
    """What each value of an operator has to be."""

    NOTHING = "nothing"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    REFERENCE = "reference"
    SPAN = "span"


@dataclass(frozen=True)
class Operator:
    """An operator: its name in the JSON, its words, and the values it takes."""

    name: str
    label: "StrOrPromise"
    arity: Arity
    value_kind: ValueKind


LABELS: "Mapping[str, StrOrPromise]" = {
    "is": pgettext_lazy("condition", "is"),
    "is_not": pgettext_lazy("condition", "is not"),
    "contains": pgettext_lazy("condition", "contains"),
    "not_contains": pgettext_lazy("condition", "does not contain"),
    "starts_with": pgettext_lazy("condition", "starts with"),
    "ends_with": pgettext_lazy("condition", "ends with"),
    "in": pgettext_lazy("condition", "is one of"),
    "not_in": pgettext_lazy("condition", "is none of"),
    "is_empty": pgettext_lazy("condition", "is empty"),
    "is_not_empty": pgettext_lazy("condition", "is not empty"),
    "over": pgettext_lazy("condition", "over"),
    "at_least": pgettext_lazy("condition", "at least"),
    "under": pgettext_lazy("condition", "under"),
    "at_most": pgettext_lazy("condition", "at most"),
    "between": pgettext_lazy("condition", "between"),
    "on": pgettext_lazy("condition", "on"),
    "before": pgettext_lazy("condition", "before"),
    "after": pgettext_lazy("condition", "after"),
    "in_last": pgettext_lazy("condition", "in the last"),
    "not_in_last": pgettext_lazy("condition", "not in the last"),
    "in_next": pgettext_lazy("condition", "in the next"),
    "more_than_ago": pgettext_lazy("condition", "longer ago than"),
    "today": pgettext_lazy("condition", "today"),
    "yesterday": pgettext_lazy("condition", "yesterday"),
    "tomorrow": pgettext_lazy("condition", "tomorrow"),
    "this_week": pgettext_lazy("condition", "this week"),
    "last_week": pgettext_lazy("condition", "last week"),
    "next_week": pgettext_lazy("condition", "next week"),
    "this_month": pgettext_lazy("condition", "this month"),
    "last_month": pgettext_lazy("condition", "last month"),
    "next_month": pgettext_lazy("condition", "next month"),
    "this_quarter": pgettext_lazy("condition", "this quarter"),
    "last_quarter": pgettext_lazy("condition", "last quarter"),
    "next_quarter": pgettext_lazy("condition", "next quarter"),
    "this_year": pgettext_lazy("condition", "this year"),
    "last_year": pgettext_lazy("condition", "last year"),
    "next_year": pgettext_lazy("condition", "next year"),
    "is_me": pgettext_lazy("condition", "is me"),
    "in_my_team": pgettext_lazy("condition", "is in my team"),
    "has_any": pgettext_lazy("condition", "has any of"),
    "has_all": pgettext_lazy("condition", "has all of"),
    "has_none": pgettext_lazy("condition", "has none of"),
}

# An operator on the left holds exactly where the one on the right doesn't, rows without a value included.
COMPLEMENTS: Mapping[str, str] = {
    "is_not": "is",
    "not_contains": "contains",
    "not_in": "in",
    "is_not_empty": "is_empty",
    "not_in_last": "in_last",
    "has_none": "has_any",
}

_UNITS = ("week", "month", "quarter", "year")
DAYS = ("today", "yesterday", "tomorrow")
PERIODS = tuple(f"{which}_{unit}" for unit in _UNITS for which in ("this", "last", "next"))


def _operators(arity: Arity, value_kind: ValueKind, *names: str) -> tuple[Operator, ...]:
    return tuple(Operator(name, LABELS[name], arity, value_kind) for name in names)


_EMPTY = _operators(Arity.NONE, ValueKind.NOTHING, "is_empty", "is_not_empty")
_LONG_TEXT = _operators(Arity.ONE, ValueKind.TEXT, "contains", "not_contains", "starts_with", "ends_with")
_TEXT = (
    _operators(Arity.ONE, ValueKind.TEXT, "is", "is_not")
    + _LONG_TEXT
    + _operators(Arity.MANY, ValueKind.TEXT, "in", "not_in")
)
_NUMBER = _operators(Arity.ONE, ValueKind.NUMBER, "is", "is_not", "over", "at_least", "under", "at_most") + _operators(
    Arity.TWO, ValueKind.NUMBER, "between"
)


def _date(value_kind: ValueKind) -> tuple[Operator, ...]:
    return (
        _operators(Arity.ONE, ValueKind.DAY, "on")
        + _operators(Arity.ONE, value_kind, "before", "after")
        + _operators(Arity.TWO, value_kind, "between")
        + _operators(Arity.ONE, ValueKind.SPAN, "in_last", "not_in_last", "in_next", "more_than_ago")
        + _operators(Arity.NONE, ValueKind.NOTHING, *DAYS, *PERIODS)
    )


def _pick(value_kind: ValueKind) -> tuple[Operator, ...]:
    return _operators(Arity.ONE, value_kind, "is", "is_not") + _operators(Arity.MANY, value_kind, "in", "not_in")


_OF_KIND: Mapping[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: _TEXT + _EMPTY,
    Kind.LONG_TEXT: _LONG_TEXT + _EMPTY,
    Kind.NUMBER: _NUMBER + _EMPTY,
    Kind.MONEY: _NUMBER + _EMPTY,
    Kind.DATE: _date(ValueKind.DAY) + _EMPTY,
    Kind.DATETIME: _date(ValueKind.MOMENT) + _EMPTY,
    Kind.BOOLEAN: _operators(Arity.ONE, ValueKind.BOOLEAN, "is"),
    Kind.CHOICE: _pick(ValueKind.CHOICE) + _EMPTY,
    Kind.MULTI_CHOICE: _operators(Arity.MANY, ValueKind.CHOICE, "has_any", "has_all", "has_none") + _EMPTY,
    Kind.USER: _pick(ValueKind.REFERENCE) + _operators(Arity.NONE, ValueKind.NOTHING, "is_me", "in_my_team") + _EMPTY,
    Kind.LINK: _pick(ValueKind.REFERENCE) + _EMPTY,
    Kind.UUID: _pick(ValueKind.REFERENCE) + _EMPTY,
}

_NUMBERS = (Kind.NUMBER, Kind.MONEY)
MEASURED_KINDS: Mapping[Measure, tuple[Kind, ...]] = {
    Measure.SUM: _NUMBERS,
    Measure.AVG: _NUMBERS,
    Measure.MIN: (*_NUMBERS, Kind.DATE, Kind.DATETIME),
    Measure.MAX: (*_NUMBERS, Kind.DATE, Kind.DATETIME),
}


def operators(kind: Kind) -> tuple[Operator, ...]:
    """Return the operators of a kind of field, in the order in which an editor shows them."""
    return _OF_KIND[kind]


def measure_operators(kind: Kind) -> tuple[Operator, ...]:
    """Return the operators that compare a figure over related rows, of this kind, with a value."""
    return tuple(operator for operator in _OF_KIND[kind] if operator not in _EMPTY)
