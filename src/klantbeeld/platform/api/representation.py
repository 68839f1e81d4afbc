"""Rows as JSON. The hottest code of the API: what can be decided per field is decided once, not per row.

"No value" is null, also for text that is stored as "". Amounts are text with a decimal number, since JSON numbers are
floats to many; moments are RFC 3339 in UTC; a link is an object, so that more than the label may stand in it one day.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise

from klantbeeld.platform.api.bodies import CUSTOM
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.own_values import fits, own_value

Row = Mapping[str, Any]
Document = dict[str, Any]
_CENTS = 2
_TEXTS = {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE}


class Representation:
    """How rows that `reading.select` made for these fields are written as JSON."""

    def __init__(self, fields: Iterable[RecordField]) -> None:
        self.plain: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.amounts: list[tuple[str, str]] = []
        self.links: list[tuple[str, str, str]] = []
        self.own: list[tuple[str, Callable[[Any], Any]]] = []
        self.own_links: list[RecordField] = []
        self.computed: list[tuple[str, str, Callable[[Any], Any]]] = []
        for field in fields:
            if field.computed is not None:
                self.computed.append((field.key, field.path, _SHOWN.get(field.kind, _as_is)))
            elif field.json and field.is_link:
                self.own_links.append(field)
            elif field.json:
                self.own.append((field.path, _own(field.kind)))
            elif field.is_link:
                self.links.append((field.name, f"{field.path}_id", field.label_key))
            elif field.kind in _TEXTS:
                self.texts.append((field.name, field.path))
            elif is_decimal(field):
                self.amounts.append((field.name, field.path))
            else:
                self.plain.append((field.name, field.path))

    def document(self, row: Row) -> Document:
        """One record."""
        made: Document = {"id": row["id"]}
        for name, path in self.plain:
            made[name] = row[path]
        for name, path in self.texts:
            made[name] = row[path] or None
        for name, path in self.amounts:
            value = row[path]
            made[name] = None if value is None else format(value, "f")
        for name, path, label in self.links:
            value = row[path]
            made[name] = None if value is None else {"id": value, "label": row[label] or None}
        if self.own or self.own_links or self.computed:
            stored = row.get(CUSTOM) or {}
            own = {key: None if (value := stored.get(key)) is None else show(value) for key, show in self.own}
            for each in self.own_links:
                value = own_value(each, stored)
                own[each.path] = None if value is None else {"id": value, "label": row[each.label_key] or None}
            for key, path, show in self.computed:
                value = row[path]
                own[key] = None if value is None else show(value)
            made[CUSTOM] = own
        return made


def is_decimal(field: RecordField) -> bool:
    """Whether the values of a field are decimals, which are written as text. Own numbers are JSON numbers anyway."""
    return field.kind is Kind.MONEY or (field.kind is Kind.NUMBER and field.decimals is not None and not field.own)


def amount_text(value: Any) -> str:
    """An amount from an own field, which is stored as a JSON number, as text with at least two decimals."""
    number = Decimal(str(value))
    return format(number.quantize(Decimal(1).scaleb(-_CENTS)) if number == round(number, _CENTS) else number, "f")


def encoded(data: Any) -> bytes:
    """Data as JSON, with moments in UTC and texts in the active language."""
    return orjson.dumps(data, default=_encode, option=orjson.OPT_UTC_Z)


def _own(kind: Kind) -> Callable[[Any], Any]:
    show = amount_text if kind is Kind.MONEY else _as_is
    return lambda value: show(value) if fits(kind, value) else None


def _number(value: Any) -> int | float:
    """A number as those that are stored in own fields are written."""
    return int(value) if value == int(value) else float(value)


def _as_is(value: Any) -> Any:
    return value


_SHOWN: dict[Kind, Callable[[Any], Any]] = {Kind.MONEY: amount_text, Kind.NUMBER: _number}


def _encode(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the API's JSON")
