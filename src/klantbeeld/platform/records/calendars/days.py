"""Which days a calendar shows, and the fields that can be laid out on days."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType

KINDS = (Kind.DATE, Kind.DATETIME)
SPANS = ("month", "week", "agenda")
FIRST_YEAR, LAST_YEAR = 1900, 2199
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Period:
    """What is on the screen: `on` is a day in it, `days` all that are drawn, whole weeks of a month included."""

    span: str
    on: date
    days: tuple[date, ...]

    @property
    def before(self) -> date:
        """A day of the period before this one."""
        return self.on - WEEK if self.span == "week" else (self.on.replace(day=1) - DAY).replace(day=1)

    @property
    def after(self) -> date:
        """A day of the period after this one."""
        return self.on + WEEK if self.span == "week" else (self.on.replace(day=28) + WEEK).replace(day=1)

    def outside(self, day: date) -> bool:
        """Whether a day is drawn only because its week is."""
        return self.span == "month" and day.month != self.on.month


def period_of(span: str, on: str, today: date, first_weekday: int) -> Period:
    """The period of an address: "month" (if nothing is said), "week" or "agenda" around the day `on`, or else today.

    `first_weekday` counts from Monday, 0. Raises Invalid for what is no day or too far away, and for another span.
    """
    span = span or "month"
    if span not in SPANS:
        raise Invalid({"span": [_("A calendar shows a month, a week or an agenda.")]})
    day = _day(on) if on else today
    if span == "week":
        return Period(span, day, _days(_week_start(day, first_weekday), 7))
    first = day.replace(day=1)
    last = (day.replace(day=28) + WEEK).replace(day=1) - DAY
    if span == "agenda":
        return Period(span, day, _days(first, (last - first).days + 1))
    start = _week_start(first, first_weekday)
    weeks = (_week_start(last, first_weekday) - start).days // 7 + 1
    return Period(span, day, _days(start, weeks * 7))


def first_weekday(locale: str) -> int:
    """The day with which weeks begin, counted from Monday, 0."""
    return int(Locale.parse(locale.replace("-", "_")).first_week_day)


def day_fields(actor: Actor, record_type: RecordType) -> list[RecordField]:
    """The dates and moments that this actor may read."""
    return [each for each in record_type.readable(actor).values() if each.kind in KINDS and each.computed is None]


def day_field(actor: Actor, record_type: RecordType, name: str) -> RecordField:
    """The field that puts records on days: the one of that name, or for "" the one that the type declares, or else the
    first in its list.

    Raises Invalid for a field that isn't there, may not be read, or is no day.
    """
    offered = {each.name: each for each in day_fields(actor, record_type)}
    if name:
        if name not in offered:
            raise Invalid({"by": [_("There is no calendar by “%(name)s”.") % {"name": name[:60]}]})
        return offered[name]
    wanted = (*record_type.days, *record_type.columns, *offered)
    found = next((each for each in wanted if each in offered), None)
    if found is None:
        raise Invalid({"by": [_("There is no date here that could be laid out on a calendar.")]})
    return offered[found]


def end_field(actor: Actor, record_type: RecordType, name: str, begins: RecordField) -> RecordField | None:
    """The field that ends what `begins` begins; None for none. Raises Invalid as `day_field` does, and for the same."""
    wanted = name or (record_type.days[1] if len(record_type.days) > 1 and begins.name == record_type.days[0] else "")
    if not wanted or wanted == "-":
        return None
    offered = {each.name: each for each in day_fields(actor, record_type) if each.kind is begins.kind}
    if wanted in offered and wanted != begins.name:
        return offered[wanted]
    if not name:
        return None  # declared, but not for this reader
    raise Invalid({"until": [_("“%(name)s” can't be the end of this.") % {"name": name[:60]}]})


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Invalid({"on": [_("“%(given)s” is not a date; use year-month-day.") % {"given": text[:40]}]}) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid({"on": [_("This date is out of reach.")]})
    return day


def _week_start(day: date, first: int) -> date:
    return day - DAY * ((day.weekday() - first) % 7)


def _days(first: date, number: int) -> tuple[date, ...]:
    return tuple(first + DAY * count for count in range(number))
