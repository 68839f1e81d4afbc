"""Turning what came in (a form's text, JSON, a cell of a file) into a value that may be stored.

One rule per kind, the same for every surface, fast enough for a million rows. A value that is None or empty text
means "no value".
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from klantbeeld.platform.conditions.fields import Kind
from klantbeeld.platform.kernel import numerals
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.kernel.numerals import DecimalStyle, NotANumber
from klantbeeld.platform.kernel.text import clean_line, clean_text
from klantbeeld.platform.records.fields import RecordField

_YES = {"true", "1", "yes", "on", "ja", "waar"}
# Own fields are stored as JSON numbers, which are exact up to here.
_JSON_DIGITS = 15
_OF_A_PROGRAM = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_NO = {"false", "0", "no", "off", "nee", "onwaar"}


class Written(str):
    """A number as a person wrote it on a form. Any other text is a program's, with a point before the decimals."""

    style: DecimalStyle

    def __new__(cls, text: str, style: DecimalStyle) -> Self:
        """The text, and the way of writing decimals that its writer is used to."""
        made = super().__new__(cls, text)
        made.style = style
        return made


class CannotUse(ValueError):
    """The value can't be accepted; the message is a sentence for the person who gave it."""


def parse(field: RecordField, given: Any, timezone: ZoneInfo) -> Any:
    """The value to store for `given`, None for "no value".

    Dates and times without an offset are taken in `timezone`. Raises CannotUse.
    """
    if given is None or given == "" or given == []:
        if field.required:
            raise CannotUse(_("This is needed."))
        return _empty(field)
    value = _PARSERS[field.kind](field, given, timezone)
    if value is None and field.required:
        raise CannotUse(_("This is needed."))
    if value is None:
        return _empty(field)
    if field.column is not None:
        _validate(field.column, value)
    return value


def parse_all(fields: dict[str, RecordField], given: dict[str, Any], timezone: ZoneInfo) -> dict[str, Any]:
    """The values to store for several fields by name. Raises Invalid with all that is wrong, by field."""
    values, errors = {}, {}
    for name, raw in given.items():
        try:
            values[name] = parse(fields[name], raw, timezone)
        except CannotUse as problem:
            errors[name] = [str(problem)]
    if errors:
        raise Invalid(errors)
    return values


def _empty(field: RecordField) -> Any:
    column = field.column
    if column is None or column.null:
        return None
    if column.has_default():
        return column.get_default()
    if column.empty_strings_allowed:
        return ""
    # What fills it in when it is left open (`Writer.complete`) finds nothing there.
    return [] if field.kind is Kind.MULTI_CHOICE else None


def _validate(column: "models.Field[Any, Any]", value: Any) -> None:
    if isinstance(column, models.ForeignKey):
        return
    try:
        column.run_validators(value)
    except ValidationError as problem:
        raise CannotUse(" ".join(problem.messages)) from None


def _scalar(given: Any) -> str:
    if isinstance(given, dict | list | bool):
        raise CannotUse(_("Give one value here."))
    text = str(given)
    if "\x00" in text:
        raise CannotUse(_("This holds a character that can't be stored."))
    return text


def _text(field: RecordField, given: Any, timezone: ZoneInfo) -> str | None:
    text = clean_line(_scalar(given))
    if field.max_length and len(text) > field.max_length:
        raise CannotUse(
            _("Use at most %(limit)d characters; this has %(length)d.")
            % {"limit": field.max_length, "length": len(text)}
        )
    return text or None


def _long_text(field: RecordField, given: Any, timezone: ZoneInfo) -> str | None:
    return clean_text(_scalar(given)) or None


def _number(field: RecordField, given: Any, timezone: ZoneInfo) -> Decimal | int:
    value = _decimal(given)
    if not value.is_finite() or abs(value) >= Decimal(10) ** 14:
        raise CannotUse(_("This number is too large."))
    if isinstance(field.column, models.IntegerField):
        if value != value.to_integral_value():
            raise CannotUse(_("Use a whole number."))
        return int(value)
    places = 2 if field.decimals is None else field.decimals
    rounded = round(value, places)
    if rounded != value:
        raise CannotUse(_("Use at most %(places)d decimals.") % {"places": places})
    if field.json and len(rounded.normalize().as_tuple().digits) > _JSON_DIGITS:
        raise CannotUse(_("Use at most %(digits)d digits.") % {"digits": _JSON_DIGITS})
    return rounded


def _decimal(given: Any) -> Decimal:
    if isinstance(given, Decimal):
        return given
    text = _scalar(given).strip()
    if isinstance(given, Written):
        try:
            return numerals.decimal(text, given.style)
        except NotANumber as problem:
            raise CannotUse(str(problem)) from None
    if not _OF_A_PROGRAM.fullmatch(text):
        raise CannotUse(_("“%(given)s” is not a number.") % {"given": text[:40]})
    return Decimal(text)


def _date(field: RecordField, given: Any, timezone: ZoneInfo) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    text = _scalar(given).strip()
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise CannotUse(_("“%(given)s” is not a date; use year-month-day.") % {"given": text[:40]}) from None


def _datetime(field: RecordField, given: Any, timezone: ZoneInfo) -> datetime:
    value = given if isinstance(given, datetime) else None
    if value is None:
        text = _scalar(given).strip()
        try:
            value = parse_datetime(text)
        except ValueError:
            value = None
        if value is None:
            raise CannotUse(_("“%(given)s” is not a date and time.") % {"given": text[:40]})
    try:
        return (value if value.tzinfo else value.replace(tzinfo=timezone)).astimezone(UTC)
    except (OverflowError, ValueError):
        raise CannotUse(_("This date is out of reach.")) from None


def _boolean(field: RecordField, given: Any, timezone: ZoneInfo) -> bool:
    if isinstance(given, bool):
        return given
    text = _scalar(given).strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CannotUse(_("Use yes or no."))


def _choice(field: RecordField, given: Any, timezone: ZoneInfo) -> str:
    text = _scalar(given).strip()
    wanted = text.casefold()
    for value, _label in field.choices:
        if text == value:
            return value
    # In files people write the label, in their own language.
    for value, label in field.choices:
        if wanted in {value.casefold(), str(label).casefold()}:
            return value
    known = ", ".join(str(label) for _value, label in field.choices[:12])
    raise CannotUse(_("“%(given)s” is not one of: %(known)s.") % {"given": text[:40], "known": known})


def _multi_choice(field: RecordField, given: Any, timezone: ZoneInfo) -> list[str]:
    parts = given if isinstance(given, list) else [part for part in _scalar(given).split(";") if part.strip()]
    return list(dict.fromkeys(_choice(field, part, timezone) for part in parts))


def _uuid(field: RecordField, given: Any, timezone: ZoneInfo) -> UUID:
    if isinstance(given, UUID):
        return given
    try:
        return UUID(_scalar(given))
    except ValueError:
        raise CannotUse(_("This is not an id.")) from None


_PARSERS: dict[Kind, Callable[[RecordField, Any, ZoneInfo], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
    Kind.MULTI_CHOICE: _multi_choice,
    Kind.USER: _uuid,
    Kind.LINK: _uuid,
    Kind.UUID: _uuid,
}


def parser_of(field: RecordField, timezone: ZoneInfo) -> Callable[[Any], Any]:
    """`parse` for one field, prepared for a million cells: the same values and the same refusals."""
    if field.kind is not Kind.TEXT or not _is_bounded_only(field):
        return lambda given: parse(field, given, timezone)
    limit = field.max_length or 0

    def text(given: Any) -> Any:
        # Printable text holds no NUL, so that only its length is left to look at.
        if type(given) is str and given.isprintable() and (line := clean_line(given)) and len(line) <= limit:
            return line
        return parse(field, given, timezone)

    return text


def _is_bounded_only(field: RecordField) -> bool:
    column = field.column
    if not field.max_length or column is None:
        return bool(field.max_length)
    return all(
        isinstance(each, MaxLengthValidator) and each.limit_value == field.max_length for each in column.validators
    )
