"""The records on the days of a calendar, in one statement: a few of each day, and how many there are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, DateField, F, Func, TextField, Value, When, Window
from django.db.models.functions import Cast, RowNumber, TruncDate
from django.db.models.lookups import Regex

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Condition, Group, Join, Kind, Test
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.calendars.days import DAY, Period
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType

Row = Mapping[str, Any]
# What begins and ends on different days is read whole, so that each can be drawn on all its days.
MOST_SPREAD = 500
# How own fields keep moments; see `conditions/stored.py`. What looks otherwise was never one.
_MOMENT = r"^[0-9]{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z$"


@dataclass
class OnDays:
    """What stands on each day: the first records, and how many there are. `more` says that not all were read."""

    rows: dict[date, list[Row]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    more: bool = False


def day_of(value: Any, zone: ZoneInfo) -> date | None:
    """The day on which a stored date or moment falls on the reader's clock; None for no value."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return value.astimezone(zone).date() if isinstance(value, datetime) else value


def on_days(
    actor: Actor,
    record_type: RecordType,
    condition: Condition | None,
    by: RecordField,
    period: Period,
    names: tuple[str, ...],
    most: int,
) -> OnDays:
    """At most `most` records of each day of the period, earliest first, with the readable fields in `names`."""
    within = Test(by.name, "between", (period.days[0].isoformat(), period.days[-1].isoformat()))
    rows = reading.matching(actor, record_type, _and(condition, within)).order_by()
    zone = ZoneInfo(actor.timezone)
    day, order = _day(by, zone), _order(by)
    selected = reading.select(actor, record_type, rows, _shown(actor, record_type, (*names, by.name)), "id").annotate(
        calendar_day=day,
        calendar_place=Window(RowNumber(), partition_by=[day], order_by=[order, F("id").asc()]),
        calendar_number=Window(Count("pk"), partition_by=[day]),
    )
    found = OnDays()
    for row in selected.filter(calendar_place__lte=most).order_by("calendar_day", "calendar_place"):
        its = day_of(reading.value_of(row, by), zone)
        if its is not None:
            found.rows[its].append(row)
            found.numbers[its] = row["calendar_number"]
    return found


def spread(
    actor: Actor,
    record_type: RecordType,
    condition: Condition | None,
    by: RecordField,
    until: RecordField,
    period: Period,
    names: tuple[str, ...],
    most: int,
) -> OnDays:
    """As `on_days`, with each record on every day from `by` until `until`; one without an end is on one day."""
    first, last = period.days[0], period.days[-1]
    begun = Test(by.name, "before", (last + DAY).isoformat())
    ends = Test(until.name, "after", (first - DAY).isoformat())
    begins = Test(by.name, "after", (first - DAY).isoformat())
    rows = reading.matching(
        actor, record_type, _and(condition, Group(Join.ALL, (begun, Group(Join.ANY, (ends, begins)))))
    )
    selected = reading.select(actor, record_type, rows, _shown(actor, record_type, (*names, by.name, until.name)), "id")
    read = list(selected.order_by(_order(by), "id")[: MOST_SPREAD + 1])
    found, zone = OnDays(more=len(read) > MOST_SPREAD), ZoneInfo(actor.timezone)
    for row in read[:MOST_SPREAD]:
        start = day_of(reading.value_of(row, by), zone)
        if start is None:
            continue
        end = max(day_of(reading.value_of(row, until), zone) or start, start)
        for day in period.days:
            if start <= day <= end:
                found.numbers[day] += 1
                if len(found.rows[day]) < most:
                    found.rows[day].append(row)
    return found


def _and(condition: Condition | None, more: Condition) -> Condition:
    return more if condition is None else Group(Join.ALL, (condition, more))


def _shown(actor: Actor, record_type: RecordType, names: tuple[str, ...]) -> dict[str, RecordField]:
    readable = record_type.readable(actor)
    return {name: readable[name] for name in names if name in readable}


def _text(by: RecordField) -> Any:
    return Func(F("custom"), Value(by.path), template="(%(expressions)s)", arg_joiner=" ->> ", output_field=TextField())


def _day(by: RecordField, zone: ZoneInfo) -> Any:
    if not by.json:
        return TruncDate(by.path, tzinfo=zone) if by.kind is Kind.DATETIME else F(by.path)
    if by.kind is Kind.DATE:
        return _text(by)
    moment = Func(
        Cast(_text(by), TextField()),
        Value(str(zone)),
        template="((%(expressions)s)::date)",
        arg_joiner="::timestamptz AT TIME ZONE ",
        output_field=DateField(),
    )
    return Case(When(condition=Regex(_text(by), Value(_MOMENT)), then=moment), default=None, output_field=DateField())


def _order(by: RecordField) -> Any:
    return (_text(by) if by.json else F(by.path)).asc()
