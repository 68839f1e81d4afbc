"""When somebody is reminded of a task, on their own clock. Pure.

A local time that the clock skips in spring counts as just as long after the hour before it; of one that comes twice in
autumn the first is meant.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

MORNING = time(9)


class Remind(models.TextChoices):
    """How long before a task is due one is reminded of it."""

    DAY_BEFORE = "day_before", _("the day before")
    ON_THE_DAY = "on_the_day", _("on the day")
    HOUR_BEFORE = "hour_before", _("an hour before")


def moment_of(remind: str, due_on: date | None, due_time: str, zone: ZoneInfo) -> datetime | None:
    """When a task for this day and time ("14:30" or "") is recalled; None when that can't be said.

    On the day, and the day before, it is at nine in the morning, or at the task's own time if that is earlier. An hour
    before is an hour that passes, also when the clock changes in it.
    """
    if due_on is None or not remind:
        return None
    at = time.fromisoformat(due_time) if due_time else None
    if remind == Remind.HOUR_BEFORE:
        return None if at is None else _utc(due_on, at, zone) - timedelta(hours=1)
    day = due_on - timedelta(days=1) if remind == Remind.DAY_BEFORE else due_on
    return _utc(day, min(at or MORNING, MORNING), zone)


def next_of(moments: list[datetime | None], now: datetime, waiting: datetime | None = None) -> datetime | None:
    """The first of the moments that is still to come; one that is `waiting` to be told of counts, too."""
    to_come = [each for each in moments if each is not None and (each > now or each == waiting)]
    return min(to_come, default=None)


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
