"""Values as they stand in the JSON to the types that a database compares."""

import re
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.errors import BadCondition
from klantbeeld.platform.conditions.fields import Field, Kind
from klantbeeld.platform.conditions.operators import Arity, Operator, ValueKind
from klantbeeld.platform.conditions.tree import Span, Unit, Value

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")

Typed = str | Decimal | date | datetime | bool | uuid.UUID | Span
TypedValue = Typed | tuple[Typed, ...] | None


def typed(field: Field, operator: Operator, value: Value, at: str) -> TypedValue:
    """Return the value that `operator` on `field` compares with: a scalar, a tuple of them, or None.

    Raises BadCondition, with a path that starts at `at`, for a value that doesn't fit.
    """
    if operator.arity is Arity.NONE:
        if value is not None:
            raise BadCondition(at, _("This operator takes no value."))
        return None
    if value is None:
        raise BadCondition(at, _("Expected a value."))
    if operator.arity is Arity.ONE:
        if isinstance(value, tuple):
            raise BadCondition(at, _("Expected one value, not a list."))
        return _one(field, operator.value_kind, value, at)
    if not isinstance(value, tuple):
        raise BadCondition(at, _("Expected a list of values."))
    found = tuple(_one(field, operator.value_kind, each, f"{at}/{i}") for i, each in enumerate(value))
    if operator.arity is Arity.TWO:
        return _low_and_high(found, at)
    if not found:
        raise BadCondition(at, _("Expected at least one value."))
    return found


def _low_and_high(found: tuple[Typed, ...], at: str) -> tuple[Typed, ...]:
    if len(found) != 2:
        raise BadCondition(at, _("Expected two values: the lowest and the highest."))
    low, high = found
    if isinstance(low, datetime) is not isinstance(high, datetime):
        low, high = _day(low), _day(high)
    if low > high:  # type: ignore[operator]  # both are numbers, both days or both moments
        raise BadCondition(at, _("The first value is higher than the second."))
    return found


def _day(value: Typed) -> Typed:
    return value.date() if isinstance(value, datetime) else value


def _one(field: Field, value_kind: ValueKind, value: Value, at: str) -> Typed:
    match value_kind:
        case ValueKind.TEXT:
            return _text(value, at)
        case ValueKind.NUMBER:
            return _number(value, at)
        case ValueKind.DAY:
            return _date(value, at)
        case ValueKind.MOMENT:
            return _moment(value, at)
        case ValueKind.CHOICE:
            return _choice(field, value, at)
        case ValueKind.REFERENCE:
            return _reference(value, at)
        case ValueKind.SPAN:
            return _span(field, value, at)
        case _:
            return _boolean(value, at)


def _text(value: Value, at: str) -> str:
    if not isinstance(value, str) or not value:
        raise BadCondition(at, _("Expected a text."))
    return value


def _number(value: Value, at: str) -> Decimal:
    expected = _('Expected a number, such as 12 or "12.50".')
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadCondition(at, expected)
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise BadCondition(at, expected)
    number = Decimal(str(value))
    if number.adjusted() >= limits.DIGITS or int(number.as_tuple().exponent) < -limits.DIGITS:
        raise BadCondition(at, _("This number is too large or too exact."))
    return number


def _date(value: Value, at: str) -> date:
    expected = _("Expected a date as year-month-day, such as 2026-03-31.")
    if not isinstance(value, str) or len(value) != len("2026-03-31"):
        raise BadCondition(at, expected)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise BadCondition(at, expected) from None
    return _in_range(day, at)


def _moment(value: Value, at: str) -> date | datetime:
    if isinstance(value, str) and len(value) <= len("2026-03-31"):
        return _date(value, at)
    expected = _("Expected a date, or a time with its offset, such as 2026-03-31T12:00:00+02:00.")
    if not isinstance(value, str):
        raise BadCondition(at, expected)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise BadCondition(at, expected) from None
    if moment.tzinfo is None:
        raise BadCondition(at, expected)
    _in_range(moment, at)
    return moment.astimezone(UTC)


def _in_range(day: date, at: str) -> date:
    if not limits.FIRST_YEAR < day.year < limits.LAST_YEAR:
        years = {"first": limits.FIRST_YEAR + 1, "last": limits.LAST_YEAR - 1}
        raise BadCondition(at, _("Expected a year from %(first)d to %(last)d.") % years)
    return day


def _boolean(value: Value, at: str) -> bool:
    if not isinstance(value, bool):
        raise BadCondition(at, _("Expected true or false."))
    return value


def _choice(field: Field, value: Value, at: str) -> str:
    keys = [key for key, _label in field.choices]
    if not isinstance(value, str) or value not in keys:
        shown = ", ".join(keys[:20]) + (", …" if len(keys) > 20 else "")
        raise BadCondition(at, _("Expected one of: %(names)s.") % {"names": shown})
    return value


def _reference(value: Value, at: str) -> uuid.UUID:
    try:
        return uuid.UUID(value if isinstance(value, str) and len(value) == 36 else "")
    except ValueError:
        message = _("Expected an id, such as 0199aaaa-0000-7000-8000-000000000000.")
        raise BadCondition(at, message) from None


def _span(field: Field, value: Value, at: str) -> Span:
    if not isinstance(value, Span):
        raise BadCondition(at, _('Expected a length of time, such as {"n": 3, "unit": "month"}.'))
    if value.unit is Unit.HOUR and field.kind is not Kind.DATETIME:
        raise BadCondition(f"{at}/unit", _("A date has no hours; expected days or longer."))
    return value
