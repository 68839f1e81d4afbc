"""What kind of values a column holds: a vote of its values, with its name where values alone can't tell."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from klantbeeld.platform.transfer.reading.parsers import NO, YES
from klantbeeld.platform.transfer.reading.value_shapes import (
    CELL_ERROR,
    COMMA_NUMBER,
    EMAIL,
    INTEGER,
    MONEY,
    PHONE,
    POINT_NUMBER,
    POSTCODE,
    SCIENTIFIC,
    TIME,
    WHOLE,
    is_date,
)

ENOUGH = 0.9
"""This share of the values must fit; the others are shown as row errors when the kind is taken."""


class ColumnKind(StrEnum):
    """What a column can hold."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    ID = "id"


def _named(words: str) -> "re.Pattern[str]":
    """A pattern that finds one of the words as a whole part of a column's name, camelCase included."""
    return re.compile(rf"(?:^|[\W_]|(?<=[a-z])(?=[A-Z]))(?i:{words})(?:$|[\W_]|(?=[A-Z]))")


DATE_NAME = _named(
    r"date|datum|dates|\w*datum|\w*date|dob|birth\w*|geboren|geboorte\w*|since|sinds|at|on|day|dag|created|updated|"
    r"modified|aangemaakt|gewijzigd"
)
PHONE_NAME = _named(r"phone|phones|telephone|tel|telefoon\w*|mobile|mobiel|gsm|cell|fax|\w*phone|\w*nummer\s?tel")
POSTCODE_NAME = _named(r"postcode|postcodes|postal\w*|zip|zipcode|plz|pc")
MONEY_NAME = _named(
    r"amount|price|bedrag|prijs|\w*prijs|total|totaal|cost|costs|kosten|revenue|omzet|value|waarde|salary|salaris|"
    r"\w*price|balance|saldo|fee|tarief|discount|korting|paid|betaald"
)
ID_NAME = _named(
    r"id|ids|uuid|guid|key|code|sku|ean|isbn|iban|bsn|kvk|vat|btw|nr|no|number|nummer|\w*nummer|\w*code|ref|reference|"
    r"referentie|account|rekening|invoice|factuur|order|customer|klant|\w*id|\w*no"
)


def kind_of(name: str, counts: Mapping[str, int]) -> ColumnKind:
    """The kind of a column from its name and its values, which come stripped, not empty, and with how often each is
    there."""
    total = sum(counts.values())
    if not total:
        return ColumnKind.TEXT
    shares = _Shares(counts, total)
    for kind, test in _TESTS:
        if test(name, shares):
            return kind
    return ColumnKind.TEXT


class _Shares:
    """Which share of the values fits a pattern; error codes of spreadsheets don't count against any."""

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        self.values = {value: count for value, count in counts.items() if not CELL_ERROR.fullmatch(value)}
        self.total = sum(self.values.values()) or total

    def fit(self, test: Callable[[str], object]) -> bool:
        """Whether enough of the values pass; the rest of a column isn't looked at once too many have failed."""
        left = self.total if self.values else 0
        for value, count in self.values.items():
            if not test(value):
                left -= count
                if left < ENOUGH * self.total:
                    return False
        return left > 0


def _is_boolean(name: str, shares: _Shares) -> bool:
    words = {value.casefold() for value in shares.values}
    return bool(words) and len(words) <= 4 and words <= YES | NO and (len(words) > 1 or not words & {"1", "0"})


def _is_phone(name: str, shares: _Shares) -> bool:
    if PHONE_NAME.search(name):
        return shares.fit(lambda value: sum(map(str.isdigit, value)) >= 6)
    return shares.fit(PHONE.fullmatch) and not ID_NAME.search(name) and not shares.fit(_is_compact_date)


def _is_compact_date(value: str) -> bool:
    return len(value) == 8 and value[:2] in ("19", "20")


def _is_postcode(name: str, shares: _Shares) -> bool:
    if shares.fit(POSTCODE.fullmatch):
        return True
    return bool(POSTCODE_NAME.search(name)) and shares.fit(
        lambda value: 3 <= len(value) <= 10 and any(map(str.isdigit, value))
    )


def _is_datetime(name: str, shares: _Shares) -> bool:
    return shares.fit(lambda value: ":" in value and TIME.fullmatch(value) and is_date(value))


def _is_id(name: str, shares: _Shares) -> bool:
    if shares.fit(lambda value: " " not in value and len(value) <= 64 and any(map(str.isdigit, value))):
        zeros = shares.fit(INTEGER.fullmatch) and any(len(v) > 1 and v[0] == "0" for v in shares.values)
        long = shares.fit(lambda value: SCIENTIFIC.fullmatch(value) or (len(value) >= 15 and value.isdigit()))
        named = bool(ID_NAME.search(name)) and not shares.fit(lambda v: "." in v or "," in v)
        return zeros or long or named
    return False


def _is_money(name: str, shares: _Shares) -> bool:
    if shares.fit(MONEY.fullmatch):
        return True
    return bool(MONEY_NAME.search(name)) and _is_decimal(name, shares) and not shares.fit(WHOLE.fullmatch)


def _is_decimal(name: str, shares: _Shares) -> bool:
    return shares.fit(lambda value: POINT_NUMBER.fullmatch(value) or COMMA_NUMBER.fullmatch(value) or _is_small(value))


def _is_small(value: str) -> bool:
    return SCIENTIFIC.fullmatch(value) is not None


_TESTS: tuple[tuple[ColumnKind, Callable[[str, _Shares], bool]], ...] = (
    (ColumnKind.BOOLEAN, _is_boolean),
    (ColumnKind.EMAIL, lambda name, shares: shares.fit(EMAIL.fullmatch)),
    (ColumnKind.DATETIME, _is_datetime),
    (ColumnKind.DATE, lambda name, shares: shares.fit(is_date)),
    (ColumnKind.POSTCODE, _is_postcode),
    (ColumnKind.PHONE, _is_phone),
    (ColumnKind.ID, _is_id),
    (ColumnKind.MONEY, _is_money),
    (ColumnKind.INTEGER, lambda name, shares: shares.fit(WHOLE.fullmatch)),
    (ColumnKind.DECIMAL, _is_decimal),
)
