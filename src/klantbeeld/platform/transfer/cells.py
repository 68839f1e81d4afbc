"""From a cell's text to a field's value: how the file writes it, then the rule that every surface has."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.text import clean_line
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.parsing import parser_of
from klantbeeld.platform.transfer.defusing import restored
from klantbeeld.platform.transfer.reading import DateStyle, DecimalStyle, parsers

REMEMBERED = 20_000
"""Values of a column that are kept with what they mean: dates, prices and countries repeat."""


def reader_of(
    field: RecordField, decimal: str, date: str, timezone: ZoneInfo, is_code: bool = False
) -> Callable[[str], Any]:
    """The value of a cell's text for `field`, for a link the text that it is given by; raises ValueError with a
    sentence for people.

    `decimal` and `date` are the styles of the column, `is_code` says that it holds codes or numbers as text.
    """
    if field.is_link:
        return lambda text: clean_line(restored(text))
    parse = parser_of(field, timezone)
    if field.kind in {Kind.TEXT, Kind.LONG_TEXT}:
        if is_code:
            return lambda text: parse(parsers.code(restored(text)))
        return lambda text: parse(restored(text) if text[0] == "'" else text)
    read = _typed(field, DecimalStyle(decimal), DateStyle(date), timezone)
    known: dict[str, Any] = {}

    def value(text: str) -> Any:
        if text in known:
            return known[text]
        found = parse(read(restored(text)))
        if len(known) < REMEMBERED:
            known[text] = found
        return found

    return value


def _typed(field: RecordField, decimal: DecimalStyle, date: DateStyle, timezone: ZoneInfo) -> Callable[[str], Any]:
    if field.kind in {Kind.NUMBER, Kind.MONEY}:
        if isinstance(field.column, models.IntegerField):
            return lambda text: parsers.integer(text.strip(), decimal)
        return lambda text: parsers.decimal(text.strip(), decimal)
    if field.kind is Kind.DATE:
        return lambda text: parsers.date(text, date)
    if field.kind is Kind.DATETIME:
        return lambda text: parsers.datetime(text, date, timezone)
    if field.kind is Kind.BOOLEAN:
        return parsers.boolean
    return str.strip
