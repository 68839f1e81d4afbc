"""When a task comes again. Pure."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

_FRIDAY = 4


class Repeats(models.TextChoices):
    """How often a task comes again once it is done."""

    DAILY = "daily", _("every day")
    WORKDAYS = "workdays", _("every working day")
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month")
    YEARLY = "yearly", _("every year")


def next_day(repeats: str, due_on: date, today: date) -> date:
    """The day on which a task of `due_on` comes again: after that day and after today, so that what was missed isn't
    made up for. The last day of a month stays the last. Raises KeyError for an unknown rhythm."""
    step = _STEPS[repeats]
    day = step(due_on)
    while day <= today:
        day = step(day)
    return day


def _working_day(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() > _FRIDAY:
        day += timedelta(days=1)
    return day


def _months(number: int) -> Callable[[date], date]:
    def later(day: date) -> date:
        months = day.year * 12 + day.month - 1 + number
        year, month = months // 12, months % 12 + 1
        last = monthrange(year, month)[1]
        stays_last = day.day == monthrange(day.year, day.month)[1]
        return date(year, month, last if stays_last else min(day.day, last))

    return later


_STEPS: dict[str, Callable[[date], date]] = {
    Repeats.DAILY: lambda day: day + timedelta(days=1),
    Repeats.WORKDAYS: _working_day,
    Repeats.WEEKLY: lambda day: day + timedelta(weeks=1),
    Repeats.FORTNIGHTLY: lambda day: day + timedelta(weeks=2),
    Repeats.MONTHLY: _months(1),
    Repeats.YEARLY: _months(12),
}
