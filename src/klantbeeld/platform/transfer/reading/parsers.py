"""Texts to typed values, strictly: a text that could mean something else in the given style is refused, never guessed.

Each function takes the text of one cell and returns the value, or raises `CannotRead` with a sentence for people.
They run for every cell of an import, so the usual forms take one regular expression and nothing else.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn

from django.utils.translation import gettext as _

from klantbeeld.platform.kernel import numerals
from klantbeeld.platform.kernel.numerals import LONGEST_NUMBER, DecimalStyle, NotANumber
from klantbeeld.platform.transfer.reading.dialect import DateStyle
from klantbeeld.platform.transfer.reading.errors import CannotRead
from klantbeeld.platform.transfer.reading.value_shapes import CELL_ERROR, SCIENTIFIC

YES = frozenset(("yes", "y", "ja", "j", "true", "t", "waar", "1", "x", "on", "aan", "✓"))
NO = frozenset(("no", "n", "nee", "false", "f", "onwaar", "0", "off", "uit"))

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_WORD = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|e)?[-\s./]+([^\W\d_]{3,9})\.?[-\s,./]+([0-9]{4}|[0-9]{2})")
_WORD_DAY = re.compile(r"([^\W\d_]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_CLOCK = re.compile(
    r"(?P<date>\S.*?)(?:[T ]|,\s*)\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})"
    r"(?:[.,](?P<part>[0-9]{1,6}))?)?\s*(?P<half>[aApP]\.?[mM]\.?)?\s*(?P<zone>Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
)
_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari",
            "feb february februari",
            "mar mrt march maart",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august augustus",
            "sep sept september",
            "oct okt october oktober",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}


def _refuse(message: str, text: str) -> NoReturn:
    raise CannotRead(message.format(text=text if len(text) <= 80 else text[:79] + "…"))


def decimal(text: str, style: DecimalStyle) -> Decimal:
    """The number in `text`, as `numerals.decimal` reads it."""
    try:
        return numerals.decimal(text, style)
    except NotANumber as problem:
        raise CannotRead(str(problem)) from None


def integer(text: str, style: DecimalStyle = DecimalStyle.POINT) -> int:
    """The whole number in `text`; decimals are allowed when they are all zero, as in 17850.0.

    A number like 5.7E+17 is refused: its last digits are lost.
    """
    if text.isdecimal() and text.isascii() and len(text) <= LONGEST_NUMBER:
        return int(text)
    if numerals.has_exponent(text):
        _refuse(_("“{text}” has lost its last digits; export it again as text."), text)
    number = decimal(text, style)
    if number != int(number):
        _refuse(_("“{text}” is not a whole number."), text)
    return int(number)


def code(text: str) -> str:
    """The text of a column that holds numbers or codes, refused when a spreadsheet has damaged it: what is left of a
    long number, as 5.7E+17, stands for many numbers, and an error such as #REF! for none. 1E10 may be a code.
    """
    if ("E+" in text or "e+" in text) and SCIENTIFIC.fullmatch(text.strip()):
        _refuse(_("“{text}” has lost its last digits; export it again as text."), text)
    if "#" in text and CELL_ERROR.fullmatch(text.strip()):
        _refuse(_("“{text}” is an error code of a spreadsheet; the value itself is lost."), text)
    return text


def boolean(text: str) -> bool:
    """Yes or no, in English or Dutch: yes, ja, true, waar, 1, x; no, nee, false, onwaar, 0."""
    word = text.strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    _refuse(_("“{text}” is neither yes nor no."), text)


def date(text: str, style: DateStyle) -> dt.date:
    """The day in `text`. `style` says what comes first in 5-3-2024; a year in front is read in every style.

    Years of two digits follow POSIX: 69 to 99 are 19xx, 00 to 68 are 20xx. Names of months may be English or Dutch.
    A time is accepted only when it is midnight, since it would be lost.
    """
    if len(text) == 10 and _ISO_DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            _refuse(_("“{text}” is not a day that exists."), text)
    bare = text.strip()
    if (":" in bare or "T" in bare) and (clock := _CLOCK.fullmatch(bare)) is not None:
        if _time(clock, text) != (0, 0, 0, 0):
            _refuse(_("“{text}” has a time; this column holds days."), text)
        bare = clock["date"]
    return _day(bare, text, style)


def _day(bare: str, text: str, style: DateStyle) -> dt.date:
    if found := _YEAR_FIRST.fullmatch(bare):
        year, month, day = found[1], int(found[3]), found[4]
    elif style is DateStyle.YMD and (found := _COMPACT.fullmatch(bare)):
        year, month, day = found[1], int(found[2]), found[3]
    elif style is not DateStyle.YMD and (found := _YEAR_LAST.fullmatch(bare)):
        first, second, year = found[1], found[3], found[4]
        day, month = (first, int(second)) if style is DateStyle.DMY else (second, int(first))
    elif found := _DAY_WORD.fullmatch(bare):
        day, month, year = found[1], _month(found[2], text), found[3]
    elif found := _WORD_DAY.fullmatch(bare):
        month, day, year = _month(found[1], text), found[2], found[3]
    else:
        _refuse(_NO_DATE[style](), text)
    try:
        return dt.date(_year(year), month, int(day))
    except ValueError:
        _refuse(_NO_DATE[style](), text)


_NO_DATE: dict[DateStyle, Callable[[], str]] = {
    DateStyle.YMD: lambda: _("“{text}” is not a date like 2024-12-31 (year-month-day)."),
    DateStyle.DMY: lambda: _("“{text}” is not a date like 31-12-2024 (day-month-year)."),
    DateStyle.MDY: lambda: _("“{text}” is not a date like 12/31/2024 (month/day/year)."),
}


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= 69 else 2000)


def _month(name: str, text: str) -> int:
    number = _MONTHS.get(name.casefold())
    if number is None:
        _refuse(_("“{text}” has no month that we know."), text)
    return number


def datetime(text: str, style: DateStyle, tz: dt.tzinfo) -> dt.datetime:
    """The moment in `text`, in UTC. Without an offset of its own it is taken as the time of day in `tz`.

    A day alone is its midnight. A time that the clocks skip in spring is refused; one that comes twice in autumn is
    taken as the first.
    """
    bare = text.strip()
    if _ISO_TIME.fullmatch(bare):
        try:
            return _local(dt.datetime.fromisoformat(bare), tz, text)
        except ValueError as error:
            if isinstance(error, CannotRead):
                raise
            _refuse(_("“{text}” is not a moment that exists."), text)
    clock = _CLOCK.fullmatch(bare)
    if clock is None:
        day = date(text, style)
        return _local(dt.datetime(day.year, day.month, day.day), tz, text)
    day = _day(clock["date"].rstrip(", "), text, style)
    hour, minute, second, part = _time(clock, text)
    moment = dt.datetime(day.year, day.month, day.day, hour, minute, second, part)
    zone = clock["zone"]
    if zone:
        offset = "+00:00" if zone in ("Z", "UTC") else zone
        moment = dt.datetime.fromisoformat(moment.isoformat() + offset)
    return _local(moment, tz, text)


def _time(clock: "re.Match[str]", text: str) -> tuple[int, int, int, int]:
    """Hour, minute, second and microsecond of a matched clock."""
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    half = (clock["half"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            _refuse(_("“{text}” is not a moment that exists."), text)
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        _refuse(_("“{text}” is not a moment that exists."), text)
    return hour, minute, second, int((clock["part"] or "").ljust(6, "0"))


def _local(moment: dt.datetime, tz: dt.tzinfo, text: str) -> dt.datetime:
    """The moment in UTC; without an offset of its own it is a time of day in `tz`."""
    try:
        if moment.tzinfo is not None:
            return moment.astimezone(dt.UTC)
        offset = _steady_offset(tz, moment.date())
        if offset is not None:
            return (moment - offset).replace(tzinfo=dt.UTC)
        found = moment.replace(tzinfo=tz).astimezone(dt.UTC)
        exists = tz is dt.UTC or found.astimezone(tz).replace(tzinfo=None) == moment
    except OverflowError:
        _refuse(_("“{text}” is not a moment that exists."), text)
    if not exists:
        _refuse(_("“{text}” is not a moment that exists: the clocks skip it."), text)
    return found


@lru_cache(maxsize=4096)
def _steady_offset(tz: dt.tzinfo, day: dt.date) -> dt.timedelta | None:
    """The zone's offset on a day when the clocks don't change; None on the others, and at the end of the calendar."""
    if day >= dt.date(9999, 12, 30):
        return None
    start = dt.datetime(day.year, day.month, day.day, tzinfo=tz)
    offset = start.utcoffset()
    return offset if offset == (start + dt.timedelta(days=1)).utcoffset() == start.replace(fold=1).utcoffset() else None
