"""Values in the words of a language, as a condition has them."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn
from uuid import UUID

from babel import Locale
from babel.numbers import get_currency_symbol
from django.utils.translation import gettext as _

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.fields import Field, Kind
from klantbeeld.platform.conditions.sentences.normal_form import number
from klantbeeld.platform.conditions.sentences.speech import Speech
from klantbeeld.platform.conditions.sentences.words import alike
from klantbeeld.platform.kernel import numerals
from klantbeeld.platform.kernel.numerals import DecimalStyle

_SPOKEN = re.compile(r"(?P<day>\d{1,2})[ .]+(?P<month>[^\W\d]+)\.? (?P<year>\d{4})")
_DIGITS = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})")
_WRITTEN = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<part>\d{1,6}))?)?"
    r" ?(?P<offset>z|[+-]\d{2}:\d{2}(?::\d{2})?)?"
)
_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Misread(ValueError):
    """A value that isn't one. The message is a sentence; `expected` is what could stand there instead."""

    def __init__(self, message: str, expected: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message, self.expected = message, tuple(expected)


def read_number(text: str, speech: Speech, money: bool = False) -> str:
    """Return the number in a text, as the language writes it; an amount may have its currency. Raises Misread."""
    if money:
        symbol = get_currency_symbol(speech.currency, locale=speech.locale)
        for sign in (symbol, speech.currency):
            text = re.sub(re.escape(sign), "", text, count=1, flags=re.IGNORECASE)
    style = DecimalStyle.COMMA if speech.locale.number_symbols["latn"]["decimal"] == "," else DecimalStyle.POINT
    try:
        return number(_bounded(numerals.decimal(text.strip(), style)))
    except numerals.NotANumber as problem:
        raise Misread(str(problem)) from None


def _bounded(found: Decimal) -> Decimal:
    if found.adjusted() >= limits.DIGITS or int(found.as_tuple().exponent) < -limits.DIGITS:
        raise Misread(_("This number is too large or too exact."))
    return found


def read_moment(text: str, speech: Speech, days_only: bool) -> str:
    """Return the day or the moment in a text as a condition has it. Raises Misread."""
    shown = " ".join(text.split())
    words = alike(shown).replace(", ", " ")
    for pattern in (_SPOKEN, _DIGITS, _WRITTEN):
        if (found := pattern.match(words)) and (month := _month(found["month"], speech.locale)):
            rest = words[found.end() :].removeprefix("t").strip()
            try:
                day = datetime(int(found["year"]), month, int(found["day"]))
                if not rest:
                    return day.date().isoformat()
                if not days_only and (time := _TIME.fullmatch(rest)):
                    return _at(day, time, speech)
            except (ValueError, OverflowError):
                break
    return _no_date(shown, days_only)


def _at(day: datetime, time: re.Match[str], speech: Speech) -> str:
    part = int((time["part"] or "").ljust(6, "0"))
    moment = day.replace(
        hour=int(time["hour"]), minute=int(time["minute"]), second=int(time["second"] or 0), microsecond=part
    )
    if time["offset"]:
        return datetime.fromisoformat(moment.isoformat() + time["offset"].upper()).isoformat()
    return moment.replace(tzinfo=speech.timezone).isoformat()


def _no_date(text: str, days_only: bool) -> NoReturn:
    given = {"given": text[:40]}
    if days_only:
        raise Misread(_("“%(given)s” is not a date like 31 Mar 2026.") % given)
    raise Misread(_("“%(given)s” is not a date like 31 Mar 2026, or a time like 31 Mar 2026 12:00.") % given)


def _month(word: str, locale: Locale) -> int:
    if word.isdecimal():
        return int(word) if int(word) <= 12 else 0
    return _months(str(locale)).get(word.rstrip("."), 0)


@lru_cache(maxsize=8)
def _months(locale: str) -> dict[str, int]:
    known = {}
    for each in {locale, "en", "en_GB"}:
        for width in ("abbreviated", "wide"):
            names = Locale.parse(each).months["format"][width]
            known.update({alike(name).rstrip("."): month for month, name in names.items()})
    return known


def read_choice(text: str, field: Field) -> str:
    """Return the key of the choice with this label, capitals aside. Raises Misread."""
    found = [key for key, label in field.choices if alike(str(label)) == alike(text)]
    if len(found) == 1:
        return found[0]
    labels = [str(label) for _key, label in field.choices]
    if found:
        message = _("Several values are called “%(given)s”: name the key of one in brackets: %(names)s.")
        raise Misread(message % {"given": text[:40], "names": ", ".join(f"[{key}]" for key in found)})
    shown = ", ".join(labels[:12]) + (", …" if len(labels) > 12 else "")
    message = _("“%(given)s” is not a value of “%(field)s”: expected one of: %(names)s.")
    raise Misread(message % {"given": text[:40], "field": field.label, "names": shown}, labels)


def read_reference(text: str, field: Field, speech: Speech, named: bool) -> str:
    """Return the id of the one of this name, or the id that the text is unless it is `named`. Raises Misread."""
    if not named and _ID.fullmatch(text):
        return str(UUID(text))
    found = speech.names.called(field, text)
    if len(found) == 1:
        return str(found[0][0])
    if found:
        ways = [f"[{key}]" for key, _name in found]
        message = _("Several are called “%(given)s”: name one by its id in brackets: %(names)s.")
        raise Misread(message % {"given": text[:40], "names": ", ".join(ways)}, ways)
    if field.kind is Kind.UUID:
        raise Misread(_("Expected an id, such as 0199aaaa-0000-7000-8000-000000000000."))
    raise Misread(_("Nobody and nothing that you may see is called “%(given)s”.") % {"given": text[:40]})


def is_id(text: str) -> bool:
    """Say whether a text would be read as an id."""
    return _ID.fullmatch(text) is not None
