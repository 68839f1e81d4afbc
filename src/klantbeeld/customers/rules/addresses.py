"""Addresses: postcodes, house numbers and the lines of an envelope."""

import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.kernel.errors import Invalid, Text, filled
from klantbeeld.platform.kernel.text import clean_line

_DUTCH_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?(?!SA|SD|SS)([A-Z]{2})")
_LONGEST_POSTCODE = 12
# Shape, and where the one space goes; every other country's postcode is kept as it was written.
_POSTCODES: dict[str, tuple[re.Pattern[str], str]] = {
    "BE": (re.compile(r"(?:B-)?([1-9]\d{3})", re.ASCII), r"\1"),
    "DE": (re.compile(r"(?:D-)?(\d{5})", re.ASCII), r"\1"),
    "FR": (re.compile(r"(?:F-)?(\d{2}) ?(\d{3})", re.ASCII), r"\1\2"),
    "LU": (re.compile(r"(?:L-?)?(\d{4})", re.ASCII), r"\1"),
    "AT": (re.compile(r"(?:A-)?([1-9]\d{3})", re.ASCII), r"\1"),
    "CH": (re.compile(r"(?:CH-)?([1-9]\d{3})", re.ASCII), r"\1"),
    "GB": (re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})", re.ASCII), r"\1 \2"),
    "US": (re.compile(r"(\d{5})(-\d{4})?", re.ASCII), r"\1\2"),
}
_HOUSE = re.compile(r"(?:nr\.?|no\.?|#)? ?(\d{1,5})(?!\d)(.*)", re.IGNORECASE | re.ASCII)
_LINE = re.compile(r"(.*?\S)[ ,]+((?!19\d{2} \d)\d{1,5}(?!\d)[^,]*)", re.ASCII)
_YEAR = re.compile("19[0-9]{2}")
_NAMED_AFTER_A_YEAR = frozenset({"plein", "laan", "straat", "weg"})
_LONGEST_LINE = 200
_NUMBER_FIRST = frozenset({"AU", "CA", "FR", "GB", "IE", "LU", "NZ", "US"})
_PLACE_ON_ITS_OWN = frozenset({"GB", "IE"})
_PLACE_FIRST = frozenset({"AU", "CA", "NZ", "US"})


class HouseNumber(NamedTuple):
    """A house number and what distinguishes the doors that share it: (12, "2hg")."""

    number: int
    addition: str = ""

    def __str__(self) -> str:
        return _number(self.number, self.addition)


class Address(NamedTuple):
    """Where somebody lives or is reached; parts that aren't known are empty."""

    street: str = ""
    number: int | None = None
    addition: str = ""
    postcode: str = ""
    place: str = ""


def normalise_postcode(text: str, country: str = "NL") -> str:
    """The one spelling of a postcode: "1234 AB" in the Netherlands; the usual one in countries whose rule is known.

    Raises Invalid (field "postcode") with what is wrong.
    """
    code = " ".join(text.upper().split())
    if country == "NL":
        if found := _DUTCH_POSTCODE.fullmatch(code):
            return f"{found[1]} {found[2]}"
        raise Invalid({"postcode": [_why_not_dutch(clean_line(code))]})
    code = clean_line(code)
    rule = _POSTCODES.get(country)
    if rule:
        found = rule[0].fullmatch(code)
        if not found:
            message = filled(_("“%(code)s” is not a postcode in %(country)s."), code=code[:40], country=country)
            raise Invalid({"postcode": [message]})
        return found.expand(rule[1])
    if len(code) > _LONGEST_POSTCODE:
        message = filled(_("A postcode has at most %(most)d characters."), most=_LONGEST_POSTCODE)
        raise Invalid({"postcode": [message]})
    return code


def split_house_number(text: str) -> HouseNumber:
    """A house number and its addition: "12-2hg" is (12, "2hg"), "41 A bis" is (41, "A bis").

    Raises Invalid (field "number") if it doesn't start with a number of one to five digits.
    """
    line = clean_line(text)
    found = _HOUSE.fullmatch(line)
    if not found or int(found[1]) == 0:
        message = filled(
            _("“%(text)s” is not a house number: it starts with a number from 1 to 99999."), text=line[:40]
        )
        raise Invalid({"number": [message]})
    return HouseNumber(int(found[1]), found[2].strip(" -/.,"))


def split_street_line(text: str) -> tuple[str, HouseNumber | None]:
    """A street and its house number out of one line: "2e Jan Steenstraat 41-2hg", "Plein 1944 12".

    A line without house number comes back whole, with None: nothing is lost.
    """
    line = clean_line(text)
    found = _LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    if not found:
        return line, None
    # "Plein 1944" has no house number: the year is part of its name.
    if _YEAR.fullmatch(found[2]) and found[1].lower() in _NAMED_AFTER_A_YEAR:
        return line, None
    try:
        return found[1].rstrip(" ,"), split_house_number(found[2])
    except Invalid:
        return line, None


def format_lines(address: Address, country: str = "NL") -> list[str]:
    """The lines of an address as its own country writes them, without the name and without the country.

    Empty lines are left out.
    """
    number = _number(address.number, address.addition) if address.number is not None else address.addition
    street = _spaced(number, address.street) if country in _NUMBER_FIRST else _spaced(address.street, number)
    if country in _PLACE_ON_ITS_OWN:
        lines = [street, address.place, address.postcode]
    elif country in _PLACE_FIRST:
        lines = [street, _spaced(address.place, address.postcode)]
    else:
        lines = [street, _spaced(address.postcode, address.place)]
    return [line for line in lines if line]


def _number(number: int, addition: str) -> str:
    """A letter follows the number at once, a number after a hyphen, words after a space: 12A, 12-2, 12 bis."""
    if not addition:
        return str(number)
    if addition[0].isdigit():
        return f"{number}-{addition}"
    return f"{number} {addition}" if len(addition) > 1 else f"{number}{addition}"


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _why_not_dutch(code: str) -> Text:
    bare = code.replace(" ", "")
    shown = code[:40]
    if bare.isascii() and bare.isdigit() and len(bare) == 4:
        return filled(_("“%(code)s” lacks its two letters: a Dutch postcode looks like 1234 AB."), code=shown)
    if bare[:1] == "0" and len(bare) == 6:
        return filled(_("“%(code)s” starts with a 0, and no Dutch postcode does."), code=shown)
    if bare[4:] in ("SA", "SD", "SS") and bare[:4].isdigit():
        return filled(_("“%(code)s” ends in SA, SD or SS, which are not given out."), code=shown)
    return filled(_("“%(code)s” is not a Dutch postcode, such as 1234 AB."), code=shown)
