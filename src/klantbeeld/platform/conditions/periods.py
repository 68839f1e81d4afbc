"""Date operators to half-open ranges: a start that belongs to the range and an end that doesn't."""

import calendar
from datetime import UTC, date, datetime, time, timedelta

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.context import Context
from klantbeeld.platform.conditions.fields import Kind
from klantbeeld.platform.conditions.operators import DAYS, PERIODS
from klantbeeld.platform.conditions.resolving import Comparison
from klantbeeld.platform.conditions.tree import Condition, Group, RelatedTest, Span, Unit

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)  # the resolution of PostgreSQL's timestamps
EARLIEST = date(limits.FIRST_YEAR, 1, 1)
LATEST = date(limits.LAST_YEAR, 12, 31)
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}

Edge = date | datetime | None


def moves(condition: Condition | None) -> bool:
    """Whether time alone changes for which rows the condition holds: it speaks of today, or of a span from now."""
    if condition is None:
        return False
    if isinstance(condition, Group):
        return any(moves(part) for part in condition.parts)
    relative = isinstance(condition.value, Span) or condition.op in (*DAYS, *PERIODS)
    return relative or (isinstance(condition, RelatedTest) and moves(condition.where))


def period(comparison: Comparison, context: Context) -> tuple[Edge, Edge]:
    """Return (start, end) of the rows for which the comparison holds; None where the range is open.

    For a date field both are days; for a datetime field both are moments in UTC, with days cut at midnight in the
    user's time zone. "In the last 3 days" reaches from the start of the day three days ago until now (for a date field
    until the end of today), "in the next 3 days" from now until the end of the day three days ahead.
    """
    start, end = _edges(comparison, context)
    if comparison.field.kind is Kind.DATE:
        return start, end
    return _moment(start, context), _moment(end, context)


def _edges(comparison: Comparison, context: Context) -> tuple[Edge, Edge]:
    name, value = comparison.operator.name, comparison.value
    if isinstance(value, Span):
        return _span(name, value, comparison.field.kind, context)
    if isinstance(value, tuple):
        low, high = value
        return _edge(low), _after(_edge(high))
    if value is not None:
        edge = _edge(value)
        return {"on": (edge, _after(edge)), "before": (None, edge), "after": (_after(edge), None)}[name]
    which, _, unit = name.partition("_")
    return _calendar(which, unit, context)


def _edge(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"not a date: {value!r}")
    return value


def _after(edge: date) -> date:
    return edge + (INSTANT if isinstance(edge, datetime) else DAY)


def _span(name: str, span: Span, kind: Kind, context: Context) -> tuple[Edge, Edge]:
    past = name != "in_next"
    far = _shift_moment(context, span, past) if span.unit is Unit.HOUR else _shift(context.today, span, past)
    if name == "more_than_ago":
        return None, far
    near: date = context.today if kind is Kind.DATE else context.now
    return (far, _after(near)) if past else (near, _after(far))


def _shift_moment(context: Context, span: Span, past: bool) -> datetime:
    hours = timedelta(hours=span.n)
    return context.now - hours if past else context.now + hours


def _shift(day: date, span: Span, past: bool) -> date:
    n = -span.n if past else span.n
    if span.unit in MONTHS:
        return _add_months(day, n * MONTHS[span.unit])
    return day + n * (DAY * 7 if span.unit is Unit.WEEK else DAY)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year <= limits.FIRST_YEAR:
        return EARLIEST
    if year >= limits.LAST_YEAR:
        return LATEST
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _calendar(which: str, unit: str, context: Context) -> tuple[date, date]:
    today = context.today
    if not unit:
        day = today + {"yesterday": -DAY, "today": 0 * DAY, "tomorrow": DAY}[which]
        return day, day + DAY
    offset = {"last": -1, "this": 0, "next": 1}[which]
    if unit == Unit.WEEK:
        start = today - DAY * ((today.weekday() - context.week_start) % 7) + DAY * 7 * offset
        return start, start + DAY * 7
    length = MONTHS[Unit(unit)]
    start = _add_months(date(today.year, (today.month - 1) // length * length + 1, 1), offset * length)
    return start, _add_months(start, length)


def _moment(edge: Edge, context: Context) -> datetime | None:
    if edge is None or isinstance(edge, datetime):
        return edge
    return datetime.combine(edge, time.min, context.timezone).astimezone(UTC)
