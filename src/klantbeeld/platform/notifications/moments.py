"""When a mail goes out, on somebody's own clock. Pure; all moments are aware and in UTC.

A local time that the clock skips in spring counts as just as long after the hour before it, and of one that comes
twice in autumn the first is meant.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_full_hour(after: datetime, zone: ZoneInfo) -> datetime:
    """The first full hour on the clock that lies after this moment."""
    local = after.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return after.astimezone(UTC) - past + timedelta(hours=1)


def next_time(after: datetime, zone: ZoneInfo, at: time) -> datetime:
    """The first moment after this one at which the clock says `at`."""
    today = after.astimezone(zone).date()
    found = datetime.combine(today, at, zone).astimezone(UTC)
    return found if found > after else datetime.combine(today + timedelta(days=1), at, zone).astimezone(UTC)


def after_quiet(moment: datetime, zone: ZoneInfo, quiet_from: time | None, quiet_until: time | None) -> datetime:
    """The moment itself, or the end of the quiet hours in which it falls.

    They may go on over midnight; without both ends, or with equal ones, there are none.
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return moment
    clock = moment.astimezone(zone).time()
    if quiet_from < quiet_until:
        quiet = quiet_from <= clock < quiet_until
    else:
        quiet = clock >= quiet_from or clock < quiet_until
    return next_time(moment, zone, quiet_until) if quiet else moment
