"""Numbers, money, time and phone numbers as people write them, in the reader's language.

A list formats hundreds of values per page, so what Babel knows of a locale is read once and kept; filling it in is
plain string work. Spaces inside a value are no-break spaces and a minus is the true minus sign. A locale is a language
with or without a country ("nl", "nl_NL", "pt-br"); English alone is British.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from babel import Locale
from babel.numbers import get_currency_symbol
from django.utils.translation import gettext, override, pgettext

from klantbeeld.platform.kernel.currencies import minor_units
from klantbeeld.platform.kernel.numerals import DecimalStyle

NBSP = "\u00a0"
MINUS = "\u2212"
EXACT_UP_TO = 10_000
Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Signs:
    """What a locale puts between digits, and its short month names (January first)."""

    separators: dict[int, str]
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words around numbers and times, in one language."""

    about: str
    now: str
    minutes: str
    hours: str
    in_minutes: str
    in_hours: str
    yesterday: str
    tomorrow: str


class Ago(NamedTuple):
    """A moment as it is read at a glance, and in full for the title."""

    text: str
    full: str


@lru_cache(maxsize=64)
def _babel(locale: str) -> Locale:
    return Locale.parse("en_GB" if locale == "en" else locale.replace("-", "_"))


@lru_cache(maxsize=64)
def _signs(locale: str) -> Signs:
    known = _babel(locale)
    symbols = known.number_symbols["latn"]
    months = known.months["format"]["abbreviated"]
    separators = str.maketrans(
        {",": symbols["group"].replace("\u202f", NBSP), ".": symbols["decimal"], "-": MINUS + NBSP}
    )
    return Signs(separators, tuple(months[number].rstrip(".") for number in range(1, 13)))


@lru_cache(maxsize=64)
def _words(locale: str) -> Words:
    with override(locale.replace("_", "-").lower()):
        return Words(
            about=gettext("about {number}"),
            now=pgettext("a moment ago", "now"),
            minutes=gettext("{number} min"),
            hours=gettext("{number} h"),
            in_minutes=gettext("in {number} min"),
            in_hours=gettext("in {number} h"),
            yesterday=gettext("yesterday"),
            tomorrow=gettext("tomorrow"),
        )


@lru_cache(maxsize=256)
def _currency(currency: str, locale: str) -> tuple[str, int]:
    return get_currency_symbol(currency, _babel(locale)), minor_units(currency)


def number(value: Number, locale: str, decimals: int | None = None) -> str:
    """A number with its thousands grouped; `decimals` rounds half up, None keeps the digits that are there."""
    if decimals is not None:
        value = _rounded(value, decimals)
    return f"{value:,f}".translate(_signs(locale).separators) if isinstance(value, Decimal) else _plain(value, locale)


def _plain(value: int | float, locale: str) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = f"{value:,}" if isinstance(value, int) or "e" not in repr(value) else f"{Decimal(repr(value)):,f}"
    return text.translate(_signs(locale).separators)


def _rounded(value: Number, decimals: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def money(amount: Decimal | int, currency: str, locale: str, decimals: int | None = None) -> str:
    """An amount behind the sign of its currency (an ISO 4217 code; else ValueError): "€ 4,310", "− € 76", "€ 12.50".

    `decimals` None shows cents only where the amount has any; give a number for columns that must line up.
    """
    symbol, usual = _currency(currency, locale)
    if decimals is None:
        decimals = 0 if amount == int(amount) else usual
    value = _rounded(amount, decimals)
    digits = f"{abs(value):,f}".translate(_signs(locale).separators)
    return f"{MINUS}{NBSP}{symbol}{NBSP}{digits}" if value < 0 else f"{symbol}{NBSP}{digits}"


@lru_cache(maxsize=64)
def decimal_style(locale: str) -> DecimalStyle:
    """How people of the locale write decimals; read by it what they type."""
    return DecimalStyle.COMMA if _babel(locale).number_symbols["latn"]["decimal"] == "," else DecimalStyle.POINT


def percent(share: Number, locale: str, decimals: int = 0) -> str:
    """A share (0.6) in hundredths ("60 %")."""
    exact = share if isinstance(share, Decimal) else Decimal(str(share))
    return f"{number(exact * 100, locale, decimals)}{NBSP}%"


def count(total: int, exact: bool, locale: str) -> str:
    """How many there are: exact numbers as they are, estimates rounded and said to be so ("about 1,048,000")."""
    if exact:
        return _plain(total, locale)
    unit = 1000 if total >= 10 * EXACT_UP_TO else 100 if total >= EXACT_UP_TO else 10 if total >= 100 else 1
    return _words(locale).about.format(number=_plain(round(total / unit) * unit, locale)).replace(" ", NBSP)


def date(day: dt.date, locale: str) -> str:
    """A day: "18 Nov 2026"."""
    return f"{day.day}{NBSP}{_signs(locale).months[day.month - 1]}{NBSP}{day.year}"


def day_of_year(day: dt.date, locale: str) -> str:
    """A day of the year that everybody knows: "18 Nov"."""
    return f"{day.day}{NBSP}{_signs(locale).months[day.month - 1]}"


def month(day: dt.date, locale: str) -> str:
    """The month of a day and its year: "November 2026"."""
    name = _babel(locale).months["stand-alone"]["wide"][day.month]
    return f"{name[:1].upper()}{name[1:]} {day.year}"


def weekday(day: dt.date, locale: str, wide: bool = False) -> str:
    """The name of a day of the week: "Mon", or "Monday"."""
    return str(_babel(locale).days["format"]["wide" if wide else "abbreviated"][day.weekday()])


def near_date(day: dt.date, today: dt.date, locale: str) -> str:
    """A day, with its year only where that isn't this one."""
    return day_of_year(day, locale) if day.year == today.year else date(day, locale)


def datetime(moment: dt.datetime, locale: str, zone: dt.tzinfo) -> str:
    """A moment on the reader's clock: "18 Nov 2026, 16:31". The moment must carry a time zone."""
    local = moment.astimezone(zone)
    return f"{date(local, locale)}, {local:%H:%M}"


def ago(moment: dt.datetime, now: dt.datetime, locale: str, zone: dt.tzinfo) -> Ago:
    """How long ago or how soon: minutes, hours within a day, "yesterday", then the day; an older one with its year."""
    full = datetime(moment, locale, zone)
    words = _words(locale)
    seconds = (now - moment).total_seconds()
    distance = abs(seconds)
    if distance < 60:
        return Ago(words.now, full)
    if distance < 3600:
        template, amount = (words.minutes if seconds > 0 else words.in_minutes), distance // 60
    elif distance < 86400:
        template, amount = (words.hours if seconds > 0 else words.in_hours), distance // 3600
    else:
        return Ago(_day(moment.astimezone(zone).date(), now.astimezone(zone).date(), words, locale), full)
    return Ago(template.format(number=int(amount)).replace(" ", NBSP), full)


def _day(day: dt.date, today: dt.date, words: Words, locale: str) -> str:
    near = {-1: words.yesterday, 1: words.tomorrow}.get((day - today).days)
    return near or near_date(day, today, locale)


@lru_cache(maxsize=8192)
def phone(e164: str, region: str = "NL") -> str:
    """A phone number as people of the region (ISO 3166) say it: "06 28 41 90 37", abroad "+31 6 28419037".

    What can't be read as a phone number comes back as it was given.
    """
    try:
        parsed = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    if parsed.country_code != phonenumbers.country_code_for_region(region):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL).replace(" ", NBSP)
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    if parsed.country_code == phonenumbers.country_code_for_region("NL"):
        national = _dutch(national)
    return national.replace(" ", NBSP)


def _dutch(national: str) -> str:
    """Dutch subscribers' numbers are said in pairs, seven digits as three and two pairs."""
    code, _, rest = national.partition(" ")
    digits = rest.replace(" ", "")
    if len(digits) == 7:
        return f"{code} {digits[:3]} {digits[3:5]} {digits[5:]}"
    if len(digits) in (6, 8):
        return f"{code} {' '.join(digits[i : i + 2] for i in range(0, len(digits), 2))}"
    return national
