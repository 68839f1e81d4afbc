"""Numbers as people write them, with a decimal point or a decimal comma: read strictly, never guessed."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn

from django.utils.translation import gettext as _

LONGEST_NUMBER = 60


class DecimalStyle(StrEnum):
    """The sign before the decimals: 1,234.56 or 1.234,56."""

    POINT = "point"
    COMMA = "comma"


class NotANumber(ValueError):
    """The text is no number in this style. The message is a sentence in the active language."""


_PLAIN = {
    DecimalStyle.POINT: re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"),
    DecimalStyle.COMMA: re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]+)?"),
}
_POINT = re.compile(r"[+-]?(?:[0-9]{1,3}(?:(?P<g>[,' ])[0-9]{3})(?:(?P=g)[0-9]{3})*|[0-9]+)?(?:\.[0-9]+)?")
_COMMA = re.compile(r"[+-]?(?:[0-9]{1,3}(?:(?P<g>[.' ])[0-9]{3})(?:(?P=g)[0-9]{3})*|[0-9]+)?(?:,[0-9]+)?")
_EXPONENT = re.compile(r"(?P<number>[+-]?[0-9]+(?:[.,][0-9]+)?)[eE](?P<power>[+-]?[0-9]{1,3})")
_CURRENCY = re.compile(r"(?:€|\$|£|EUR|USD|GBP)", re.I)
_ROUND = re.compile(r"[.,][-=–—]{1,2}$")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\t", " ") | {"−": "-", "’": "'"})


def decimal(text: str, style: DecimalStyle) -> Decimal:
    """The number in `text`: 1,234.56 in point style, 1.234,56 in comma style.

    Groups of thousands must be whole. A currency sign, a minus at the end, accountants' brackets and the Dutch ",-"
    are understood; a percent sign is not, since 12% may be 12 or 0.12. Raises NotANumber.
    """
    if len(text) <= LONGEST_NUMBER and _PLAIN[style].fullmatch(text):
        return Decimal(text if style is DecimalStyle.POINT else text.replace(".", "").replace(",", "."))
    digits = _bare(text)
    found = (_POINT if style is DecimalStyle.POINT else _COMMA).fullmatch(digits)
    if found is None or not any(sign.isdigit() for sign in digits):
        return _exponent(digits, text, style)
    if style is DecimalStyle.COMMA:
        digits = digits.replace(".", "").replace(",", ".")
    return Decimal(digits.replace(",", "").replace("'", "").replace(" ", ""))


def _bare(text: str) -> str:
    """The text without what surrounds a number: spaces, a currency, brackets or a minus at the end."""
    if len(text) > LONGEST_NUMBER:
        _refuse(_("“{text}” is too long for a number."), text)
    digits = _CURRENCY.sub("", text.translate(_SPACES), count=1).strip()
    digits = _ROUND.sub("", digits)
    if digits.startswith("(") and digits.endswith(")"):
        digits = "-" + _CURRENCY.sub("", digits[1:-1], count=1).strip()
    elif digits.endswith("-") and len(digits) > 1:
        digits = "-" + digits[:-1].rstrip()
    if digits[:1] in ("-", "+"):
        digits = digits[0] + _CURRENCY.sub("", digits[1:], count=1).lstrip()
    return digits


def _exponent(digits: str, text: str, style: DecimalStyle) -> Decimal:
    found = _EXPONENT.fullmatch(digits)
    sign = "," if style is DecimalStyle.POINT else "."
    if found is None or sign in found["number"]:
        if style is DecimalStyle.POINT:
            _refuse(_("“{text}” is not a number like 1,234.56."), text)
        _refuse(_("“{text}” is not a number like 1.234,56."), text)
    return Decimal(f"{found['number'].replace(',', '.')}E{found['power']}")


def text(value: Decimal, style: DecimalStyle) -> str:
    """A number as `decimal` reads it back, without groups and without zeros at the end: "1234.5", "1234,5"."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.replace(".", ",") if style is DecimalStyle.COMMA else plain


def has_exponent(text: str) -> bool:
    """Whether this is a number like 5.7E+17, of which the last digits are lost."""
    return "e" in text.lower() and _EXPONENT.fullmatch(text.strip()) is not None


def _refuse(message: str, text: str) -> NoReturn:
    raise NotANumber(message.format(text=text if len(text) <= 80 else text[:79] + "…"))
