"""The left-hand side of a comparison: a column, a figure over related rows, or a key in a JSONB column."""

import json
import operator
from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from typing import Any, Protocol

from django.db.models import BooleanField, Case, DecimalField, F, Func, JSONField, Q, TextField, Value, When
from django.db.models.lookups import Exact, In, IsNull

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
    def like(self, pattern: str) -> Q: ...
    def empty(self) -> Q: ...
    def has_any(self, values: list[str]) -> Q: ...
    def has_all(self, values: list[str]) -> Q: ...


def operand(field: Field) -> Operand:
    """Return the operand for a field of the root model."""
    if field.expression is not None:
        return Column(field.expression(), field.kind)
    return TenantKey(field) if field.json else Column(F(field.path), field.kind, field.path)


def aggregated(field: Field) -> Any:
    """Return the field as an expression to aggregate over."""
    if field.expression is not None:
        return field.expression()
    return TenantKey(field).aggregated() if field.json else F(field.path)


def figure(field: Field, expression: Any) -> Operand:
    """Return the operand for a figure that was made from `aggregated(field)`."""
    as_text = field.json and field.kind not in JSON_TYPES
    return StoredText(expression, field.kind) if as_text else Column(expression, field.kind)


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
        return _all(Q(_infix(sign, self.expression, _literal(value), BooleanField())) for sign, value in bounds)

    def like(self, pattern: str) -> Q:
        # Not the ORM's lookups, which compare upper(): row-level security keeps that from using a trigram index.
        return Q(_infix("ILIKE", self.expression, Value(pattern), BooleanField()))

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


class StoredText(Column):
    """A date or a moment as the text that stands in a JSONB column: its order is the order in time."""

    def within(self, bounds: Iterable[tuple[str, Any]]) -> Q:
        return super().within((sign, json.loads(stored_json(value))) for sign, value in bounds)


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

    def like(self, pattern: str) -> Q:
        return Q(_infix("ILIKE", self.text, Value(pattern), BooleanField()))

    def empty(self) -> Q:
        blank = {"null", "[]"} if self.kind is Kind.MULTI_CHOICE else {"null", '""'}
        return Q(IsNull(self.element, True)) | _any(self._compare("=", each) for each in sorted(blank))

    def has_any(self, values: list[str]) -> Q:
        return _any(self._compare("@>", stored_json([value])) for value in values)

    def has_all(self, values: list[str]) -> Q:
        return self._compare("@>", stored_json(values))

    def aggregated(self) -> Case:
        """Return the value as a number or as the text of a date, NULL if it is of another type."""
        of_type = Exact(self._type(), Value(self.json_type))
        if self.json_type == "number":
            number = Func(self.element, template="%(expressions)s::numeric", output_field=DecimalField())
            return Case(When(of_type, then=number), output_field=DecimalField())
        return Case(When(of_type, then=self.text), output_field=TextField())

    def _type(self) -> Func:
        return Func(self.element, function="jsonb_typeof", output_field=TextField())

    def _compare(self, sign: str, json_text: str) -> Q:
        return Q(_infix(sign, self.element, _jsonb(json_text), BooleanField()))


def _jsonb(text: str) -> Func:
    return Func(Value(text), template="%(expressions)s::jsonb", output_field=JSONField())


def _literal(value: Any) -> Value:
    """Return a whole Decimal as an integer, so that the index of an integer column serves it."""
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return Value(int(value) if whole else value)


def _all(parts: Iterable[Q]) -> Q:
    return reduce(operator.and_, parts)


def _any(parts: Iterable[Q]) -> Q:
    return reduce(operator.or_, parts)
