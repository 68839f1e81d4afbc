"""A checked formula as an expression that the database works out: for lists, filters, exports and pages alike."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, DateField, DateTimeField, DecimalField, TextField, Value

from klantbeeld.platform.formulas import limits
from klantbeeld.platform.formulas.checking import check
from klantbeeld.platform.formulas.functions import FUNCTIONS, moved
from klantbeeld.platform.formulas.sql import Sql
from klantbeeld.platform.formulas.tree import Binary, Call, Literal, Part, Reference, Type, Unary

_OUTPUTS: Mapping[Type, Any] = {
    Type.NUMBER: DecimalField,
    Type.TEXT: TextField,
    Type.DATE: DateField,
    Type.MOMENT: DateTimeField,
    Type.TRUTH: BooleanField,
}
_LONGEST = 1_000
_INFIX = {"=": "=", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "and": "AND", "or": "OR"}


class Compiler:
    """Turns formulas over these fields into expressions. `fields` are expressions that give NULL for no value, by name,
    each with its type; `zone` is the name of the time zone that says which day it is."""

    def __init__(self, fields: Mapping[str, tuple[Type, Any]], zone: str) -> None:
        self.types = {name: type_ for name, (type_, _expression) in fields.items()}
        self.fields = {name: expression for name, (_type, expression) in fields.items()}
        self.zone = zone

    def expression(self, part: Part) -> Any:
        """The formula, with results that can't be shown left out. Raises BadFormula as `check` does."""
        made, type_ = self._part(part), check(part, self.types)
        if type_ is Type.NUMBER:
            bound = f"CASE WHEN abs({{0}}) < 1e{limits.DIGITS} THEN trim_scale(round({{0}}, {limits.DECIMALS})) END"
            return Sql(bound, made, output_field=DecimalField())
        if type_ is Type.TEXT:
            return Sql(f"left({{0}}, {_LONGEST})", made, output_field=TextField())
        return made

    def _part(self, part: Part) -> Any:
        match part:
            case Literal(value=value):
                return self._literal(value)
            case Reference(name=name):
                return self.fields[name]
            case Unary(sign=sign):
                pattern, type_ = ("(- {0})", Type.NUMBER) if sign == "-" else ("(NOT {0})", Type.TRUTH)
                return self._sql(pattern, type_, self._part(part.part))
            case Binary():
                return self._binary(part)
            case Call():
                return self._call(part)

    def _literal(self, value: Any) -> Any:
        if isinstance(value, bool):
            return Sql("TRUE" if value else "FALSE", output_field=BooleanField())
        if isinstance(value, str):
            return self._sql("{0}::text", Type.TEXT, Value(value, output_field=TextField()))
        return self._sql("{0}::numeric", Type.NUMBER, Value(value, output_field=DecimalField()))

    def _binary(self, part: Binary) -> Any:
        left, right = self._part(part.left), self._part(part.right)
        sign = part.sign
        if sign in _INFIX:
            return self._sql(f"({{0}} {_INFIX[sign]} {{1}})", Type.TRUTH, left, right)
        if sign == "&":
            return self._sql("concat({0}, {1})", Type.TEXT, left, right)
        if check(part.left, self.types) is Type.DATE:
            if check(part.right, self.types) is Type.DATE:
                return self._sql("({0} - {1})::numeric", Type.NUMBER, left, right)
            return self._sql(moved(sign), Type.DATE, left, right)
        pattern = "({0} / NULLIF({1}, 0))" if sign == "/" else f"({{0}} {sign} {{1}})"
        return self._sql(pattern, Type.NUMBER, left, right)

    def _call(self, part: Call) -> Any:
        parts = [self._part(each) for each in part.parts]
        pattern = FUNCTIONS[part.name].sql
        if part.name == "text" and check(part.parts[0], self.types) is Type.NUMBER:
            pattern = "trim_scale({0})::text"
        if "{all}" in pattern:
            pattern = pattern.replace("{all}", ", ".join(f"{{{at}}}" for at in range(len(parts))))
        if "{zone}" in pattern:
            pattern = pattern.replace("{zone}", f"{{{len(parts)}}}")
            parts.append(Value(self.zone, output_field=TextField()))
        return self._sql(pattern, check(part, self.types), *parts)

    def _sql(self, pattern: str, type_: Type, *parts: Any) -> Sql:
        return Sql(pattern, *parts, output_field=_OUTPUTS[type_]())
