"""Putting a record on another day: the time on the clock stays, whatever the clocks do in between."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.calendars.entries import day_of
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.moving import move
from klantbeeld.platform.records.reading import one, value_of
from klantbeeld.platform.records.record_type import RecordType


def move_to_day(
    actor: Actor,
    record_type: RecordType,
    record_id: UUID,
    by: RecordField,
    until: RecordField | None,
    seen: date,
    wanted: date,
) -> int | None:
    """Move what `by` says from the day on which it was `seen` to the `wanted` one, and its end by as many days.

    Returns the number of the change for `undo`, None when it was there already. Raises as `move` does.
    """
    zone = ZoneInfo(actor.timezone)
    row = one(actor, record_type, record_id, [each.name for each in (by, until) if each])
    now = value_of(row, by)
    days = wanted - seen
    given = {by.name: shifted(now, days, zone)}
    if until is not None and value_of(row, until) is not None:
        given[until.name] = shifted(value_of(row, until), days, zone)
    if day_of(now, zone) == wanted:
        return None

    def still(value: Any) -> bool:
        return value == now and day_of(value, zone) == seen

    return move(actor, record_type, record_id, by, given, still)


def shifted(value: Any, days: timedelta, zone: ZoneInfo) -> str:
    """A stored date or moment some days later or earlier, at the same time on the clock of `zone`, as text that the
    parser reads. A time that the clock skips on that day becomes the one an hour later; of one that it shows twice it
    is the first. Raises Invalid for no value and for a day out of reach."""
    if value is None or value == "":
        raise Invalid(_("A colleague emptied this in the meantime. It stays as it is now."))
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    try:
        if not isinstance(value, datetime):
            return str((value + days).isoformat())
        local = value.astimezone(zone)
        there = datetime.combine(local.date() + days, local.time(), zone).replace(fold=0)
        return there.isoformat()
    except OverflowError:
        raise Invalid(_("This date is out of reach.")) from None
