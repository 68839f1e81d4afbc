"""Addresses: postcodes, streets and house numbers."""

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
_YEARS = re.compile(r"19\d{2}(?: ?[-/] ?(?:19)?\d{2})?|40 ?[-/] ?45", re.ASCII)
_NAMED_AFTER_A_YEAR = frozenset({"plein", "laan", "straat", "weg"})
_LONGEST_LINE = 200
_NUMBER_FIRST = frozenset({"AU", "CA", "FR", "GB", "IE", "LU", "NZ", "US"})
LONGEST_NUMBER = 20


class HouseNumber(NamedTuple):
    """A house number and what distinguishes the doors that share it: (12, "2hg")."""

    number: int
    addition: str = ""

    def __str__(self) -> str:
        # A letter follows the number at once, a number after a hyphen, words after a space: 12A, 12-2, 12 bis.
        if not self.addition:
            return str(self.number)
        if self.addition[0].isdigit():
            return f"{self.number}-{self.addition}"
        return f"{self.number} {self.addition}" if len(self.addition) > 1 else f"{self.number}{self.addition}"


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
    # "Plein 1944" and "Plein 40-45" have no house number: the years are part of the name.
    if _YEARS.fullmatch(found[2]) and found[1].lower() in _NAMED_AFTER_A_YEAR:
        return line, None
    try:
        return found[1].rstrip(" ,"), split_house_number(found[2])
    except Invalid:
        return line, None


def street_and_number(street: str, number: str, country: str = "NL") -> tuple[str, str]:
    """The two as they are kept: where both were given as the street ("Kerkstraat 12", ""), each in its place.

    They stay as they are where there is a number already, and in countries that write it in front: a number behind
    a name is part of the name there ("Route 66").
    """
    if number or not street or country in _NUMBER_FIRST:
        return street, number
    name, found = split_street_line(street)
    if found is None or len(str(found)) > LONGEST_NUMBER:
        return street, number
    return name, str(found)


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
