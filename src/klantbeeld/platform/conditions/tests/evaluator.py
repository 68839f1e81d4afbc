"""What conditions mean, said in plain Python over plain values: the compiled SQL has to agree."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from klantbeeld.platform.conditions.public import (
    Condition,
    Context,
    FieldSet,
    Group,
    Join,
    Kind,
    Measure,
    RelatedTest,
    Span,
    Test,
    Unit,
)

Row = dict[str, Any]


def holds(condition: Condition, row: Row, fieldset: FieldSet, context: Context) -> bool:
    if isinstance(condition, Group):
        parts = [holds(part, row, fieldset, context) for part in condition.parts]
        return {Join.ALL: all(parts), Join.ANY: any(parts), Join.NONE: not any(parts)}[condition.join]
    if isinstance(condition, Test):
        kind = fieldset.field(condition.field).kind
        return fits(kind, condition.op, row[condition.field], condition.value, context)
    return _related(condition, row, fieldset, context)


def _related(test: RelatedTest, row: Row, fieldset: FieldSet, context: Context) -> bool:
    fields = fieldset.relation(test.related).fields()
    rows = [each for each in row[test.related] if test.where is None or holds(test.where, each, fields, context)]
    if test.measure is Measure.EXISTS:
        return bool(rows) is test.value
    if test.measure is Measure.COUNT:
        return fits(Kind.NUMBER, test.op, len(rows), test.value, context)
    values = [each[test.field] for each in rows if each[test.field] is not None]
    if test.measure is Measure.SUM:
        figure = sum(values)
    elif not values:
        figure = None
    elif test.measure is Measure.AVG:
        figure = sum(values) / Decimal(len(values))
    else:
        figure = min(values) if test.measure is Measure.MIN else max(values)
    return fits(fields.field(test.field).kind, test.op, figure, test.value, context)


OPPOSITES = {
    "is_not": "is",
    "not_contains": "contains",
    "not_in": "in",
    "is_not_empty": "is_empty",
    "not_in_last": "in_last",
    "has_none": "has_any",
}


def fits(kind: Kind, op: str, actual: Any, value: Any, context: Context) -> bool:
    if op in OPPOSITES:
        return not fits(kind, OPPOSITES[op], actual, value, context)
    if op == "is_empty":
        return actual is None or actual in ("", [])
    if actual is None:
        return False
    if kind in (Kind.DATE, Kind.DATETIME):
        return _in_time(op, actual, value, context)
    if kind in (Kind.NUMBER, Kind.MONEY):
        return _number(op, actual, value)
    if kind in (Kind.USER, Kind.LINK, Kind.UUID):
        value = tuple(map(UUID, value)) if isinstance(value, tuple) else value and UUID(value)
    return {
        "is": lambda: actual == value,
        "in": lambda: actual in value,
        "contains": lambda: value.upper() in actual.upper(),
        "starts_with": lambda: actual.upper().startswith(value.upper()),
        "ends_with": lambda: actual.upper().endswith(value.upper()),
        "has_any": lambda: bool(set(value) & set(actual)),
        "has_all": lambda: set(value) <= set(actual),
        "is_me": lambda: actual == context.member_id,
        "in_my_team": lambda: actual in context.team_member_ids,
    }[op]()


def _number(op: str, actual: Any, value: Any) -> bool:
    low, high = [Decimal(str(each)) for each in (value if isinstance(value, tuple) else (value, value))]
    return {
        "is": actual == low,
        "over": actual > low,
        "at_least": actual >= low,
        "under": actual < low,
        "at_most": actual <= low,
        "between": low <= actual <= high,
    }[op]


def _in_time(op: str, actual: Any, value: Any, context: Context) -> bool:
    exact = isinstance(actual, datetime)
    day = actual.astimezone(context.timezone).date() if exact else actual
    today = context.now.astimezone(context.timezone).date()
    if isinstance(value, Span):
        return _within_span(op, actual, day, value, context, today)
    if op == "between":
        return not _before(actual, day, value[0]) and not _after(actual, day, value[1])
    if op in ("before", "after"):
        return (_before if op == "before" else _after)(actual, day, value)
    if op == "on":
        return day == date.fromisoformat(value)
    if op in ("yesterday", "today", "tomorrow"):
        return (day - today).days == ("yesterday", "today", "tomorrow").index(op) - 1
    which, unit = op.split("_")
    offset = ("last", "this", "next").index(which) - 1
    return _number_of(day, unit, context) - _number_of(today, unit, context) == offset


def _number_of(day: date, unit: str, context: Context) -> int:
    """The how-manieth week, month, quarter or year this day falls in."""
    if unit == "week":
        return (day.toordinal() - 1 - context.week_start) // 7
    months = day.year * 12 + day.month - 1
    return months // {"month": 1, "quarter": 3, "year": 12}[unit]


def _before(actual: Any, day: date, value: str) -> bool:
    return day < date.fromisoformat(value) if len(value) == 10 else actual < datetime.fromisoformat(value)


def _after(actual: Any, day: date, value: str) -> bool:
    return day > date.fromisoformat(value) if len(value) == 10 else actual > datetime.fromisoformat(value)


def _within_span(op: str, actual: Any, day: date, span: Span, context: Context, today: date) -> bool:
    exact = isinstance(actual, datetime)
    past = (actual <= context.now) if exact else day <= today
    ahead = (actual >= context.now) if exact else day >= today
    if span.unit is Unit.HOUR:
        hours = timedelta(hours=span.n)
        early, late = actual < context.now - hours, actual > context.now + hours
    else:
        early, late = day < _shifted(today, span, -1), day > _shifted(today, span, 1)
    return {"more_than_ago": early, "in_last": past and not early, "in_next": ahead and not late}[op]


def _shifted(day: date, span: Span, sign: int) -> date:
    """The same day of the month, or the last one that the month has."""
    if span.unit in (Unit.DAY, Unit.WEEK):
        return day + timedelta(days=sign * span.n * (7 if span.unit is Unit.WEEK else 1))
    months = day.year * 12 + day.month - 1 + sign * span.n * {"month": 1, "quarter": 3, "year": 12}[span.unit]
    for number in range(day.day, 0, -1):
        try:
            return date(months // 12, months % 12 + 1, number)
        except ValueError:
            continue
    raise AssertionError(day)
