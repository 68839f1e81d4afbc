"""The left-hand side of a comparison: a column, a figure over related rows, or a key in a JSONB column."""

import operator
from collections.abc import Iterable
from functools import reduce
from typing import Any, Protocol

from django.db.models import BooleanField, Case, DecimalField, F, Func, JSONField, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, GreaterThanOrEqual, In, IsNull, LessThan, Lookup

from klantbeeld.platform.conditions.fields import Field, Kind
from klantbeeld.platform.conditions.stored import stored_json

TEXTS = (Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE)
JSON_TYPES = {Kind.NUMBER: "number", Kind.MONEY: "number"}
TENANT_COLUMN = "custom"

# In all of these a row without a value gives NULL or false; `complement` in the compiler makes them two-valued.


class Operand(Protocol):
    """What a predicate can ask of a left-hand side; values come typed."""

    def equals(self, value: Any) -> Q: ...
    def one_of(self, values: Iterable[Any]) -> Q: ...
    def within(self, bounds: Iterable[tuple[str, Any]]) -> Q: ...
    def like(self, lookup: type[Lookup[Any]], text: str) -> Q: ...
    def empty(self) -> Q: ...
    def has_any(self, values: list[str]) -> Q: ...
    def has_all(self, values: list[str]) -> Q: ...


def operand(field: Field) -> Operand:
    """Return the operand for a field of the root model."""
    return TenantKey(field) if field.json else Column(F(field.path), field.kind, field.path)


def figure(field: Field) -> Combinable:
    """Return the field as an expression to aggregate over."""
    return TenantKey(field).number() if field.json and field.kind in JSON_TYPES else F(field.path)


def _infix(sign: str, left: object, right: object, output: Any) -> Func:
    return Func(left, right, template="(%(expressions)s)", arg_joiner=f" {sign} ", output_field=output)


class Column:
    """A column or any SQL expression. Values are passed as they are typed, never through the model field: an integer
    column would silently cut 2.5 to 2."""

    def __init__(self, expression: Any, kind: Kind, path: str = "") -> None:
        self.expression = expression
        self.kind = kind
        self.path = path

    def equals(self, value: Any) -> Q:
        return Q(Exact(self.expression, _literal(value)))

    def one_of(self, values: Iterable[Any]) -> Q:
        return Q(In(self.expression, [_literal(value) for value in values]))

    def within(self, bounds: Iterable[tuple[str, Any]]) -> Q:
        return _all(
            Q(_infix(sign, self.expression, _literal(value), BooleanField())) for sign, value in bounds
        )

    def like(self, lookup: type[Lookup[Any]], text: str) -> Q:
        return Q(lookup(self.expression, text))

    def empty(self) -> Q:
        missing = Q(IsNull(self.expression, True))
        if self.kind in TEXTS:
            return missing | self.equals("")
        if self.kind is Kind.MULTI_CHOICE:
            return missing | Q(**{f"{self.path}__len": 0})
        return missing

    def has_any(self, values: list[str]) -> Q:
        return Q(**{f"{self.path}__overlap": values})

    def has_all(self, values: list[str]) -> Q:
        return Q(**{f"{self.path}__contains": values})


class TenantKey:
    """A key in the JSONB column of tenant-defined fields.

    Comparisons are between JSONB values, so that a value of another type doesn't match instead of breaking the query,
    and one index on the expression serves equality, ranges and order.
    """

    def __init__(self, field: Field) -> None:
        key = Value(field.path)
        self.json_type = JSON_TYPES.get(field.kind, "string")
        self.kind = field.kind
        self.element = _infix("->", F(TENANT_COLUMN), key, JSONField())
        self.text = _infix("->>", F(TENANT_COLUMN), key, TextField())

    def equals(self, value: Any) -> Q:
        return self._compare("=", stored_json(value))

    def one_of(self, values: Iterable[Any]) -> Q:
        return Q(In(self.element, [_jsonb(stored_json(value)) for value in values]))

    def within(self, bounds: Iterable[tuple[str, Any]]) -> Q:
        same_type = Q(Exact(self._type(), Value(self.json_type)))
        return same_type & _all(self._compare(sign, stored_json(value)) for sign, value in bounds)

    def like(self, lookup: type[Lookup[Any]], text: str) -> Q:
        return Q(lookup(self.text, text))

    def empty(self) -> Q:
        blank = {"null", "[]"} if self.kind is Kind.MULTI_CHOICE else {"null", '""'}
        return Q(IsNull(self.element, True)) | _any(self._compare("=", each) for each in sorted(blank))

    def has_any(self, values: list[str]) -> Q:
        return _any(self._compare("@>", stored_json([value])) for value in values)

    def has_all(self, values: list[str]) -> Q:
        return self._compare("@>", stored_json(values))

    def number(self) -> Case:
        """Return the value as a number, NULL if it is anything else."""
        cast = Cast(self.element, DecimalField())
        return Case(When(Exact(self._type(), Value("number")), then=cast), output_field=DecimalField())

    def _type(self) -> Func:
        return Func(self.element, function="jsonb_typeof", output_field=TextField())

    def _compare(self, sign: str, json_text: str) -> Q:
        return Q(_infix(sign, self.element, _jsonb(json_text), BooleanField()))


def _jsonb(text: str) -> Func:
    return Func(Value(text), template="%(expressions)s::jsonb", output_field=JSONField())


def _literal(value: Any) -> Value:
    """Return a whole Decimal as an integer, so that the index of an integer column serves it."""
    whole = getattr(value, "is_finite", None) and value == value.to_integral_value()
    return Value(int(value) if whole else value)


def _all(parts: Iterable[Q]) -> Q:
    return reduce(operator.and_, parts)


def _any(parts: Iterable[Q]) -> Q:
    return reduce(operator.or_, parts)
