"""What single values look like: the patterns by which separators, headers, styles and kinds of columns are guessed."""

import re
from enum import StrEnum

POINT_NUMBER = re.compile(r"[+\-−]?(?:\d{1,3}(?:[,' \u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?|[+\-−]?\.\d+")
COMMA_NUMBER = re.compile(r"[+\-−]?(?:\d{1,3}(?:[.' \u00a0\u202f]\d{3})+|\d+)(?:,\d+)?")
INTEGER = re.compile(r"[+\-−]?\d+")
WHOLE = re.compile(r"[+\-−]?\d+(?:\.0)?")
"""A whole number, perhaps written as programs write numbers that went through a float."""
SCIENTIFIC = re.compile(r"[+\-]?[1-9](?:[.,]\d+)?[eE]\+?\d{2,3}")
MONEY = re.compile(
    r"(?:€|\$|£|EUR|USD|GBP)\s?(?P<after>[+\-−]?\d[\d.,'\s]*[-–]{0,2})|(?P<before>[+\-−]?\d[\d.,'\s]*?)\s?(?:€|\$|£|EUR|USD|GBP)"
)
ISO_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}")
NUMERIC_DATE = re.compile(r"(?P<a>\d{1,2})(?P<sign>[-/.])(?P<b>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})")
WORD_DATE = re.compile(r"\d{1,2}[-\s.]+[^\W\d_]{3,9}\.?[-\s,]+\d{2,4}|[^\W\d_]{3,9}\.?\s+\d{1,2},?\s+\d{4}")
TIME = re.compile(
    r"(?P<date>.+?)[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?\s*(?:[aApP]\.?[mM]\.?)?\s*(?:Z|UTC|[+\-]\d{2}:?\d{2})?"
)
EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\"]{2,}")
PHONE = re.compile(r"(?:\+|00)[1-9][\d\s().\-]{7,18}|0[1-9][\d\s().\-]{7,14}|\(0\d{1,3}\)[\d\s.\-]{6,12}")
POSTCODE = re.compile(r"[1-9]\d{3}\s?[A-Za-z]{2}")
CELL_ERROR = re.compile(
    r"#(?:REF!|N/A|N/B|VALUE!|WAARDE!|DIV/0!|DEEL/0!|NAME\?|NAAM\?|NUM!|GETAL!|NULL!|LEEG!|VERW!|SPILL!|CALC!|#+)"
)
GENE_DATE = re.compile(
    r"(?:jan|feb|mar|mrt|apr|may|mei|jun|jul|aug|sep|oct|okt|nov|dec)-\d{2}"
    r"|\d{1,2}-(?:jan|feb|mar|mrt|apr|may|mei|jun|jul|aug|sep|oct|okt|nov|dec)",
    re.I,
)
GARBLED = re.compile("[ÂÃâðÅÄ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}|â€[™“œ˜¦]")


class Shape(StrEnum):
    """The coarse type of one value."""

    EMPTY = "empty"
    NUMBER = "number"
    DATE = "date"
    EMAIL = "email"
    TEXT = "text"


def shape_of(value: str) -> Shape:
    """The coarse type of a value, whatever its style."""
    text = value.strip()
    if not text:
        return Shape.EMPTY
    if text[0] in "+-−.€$£" or text[0].isdecimal():
        if POINT_NUMBER.fullmatch(text) or COMMA_NUMBER.fullmatch(text) or MONEY.fullmatch(text):
            return Shape.NUMBER
        if is_date(text):
            return Shape.DATE
    elif "@" in text and EMAIL.fullmatch(text):
        return Shape.EMAIL
    return Shape.TEXT


def is_date(text: str) -> bool:
    """Whether a text looks like a date, with or without a time."""
    timed = TIME.fullmatch(text)
    date = timed["date"].rstrip(", ") if timed else text
    return any(shape.fullmatch(date) for shape in (ISO_DATE, NUMERIC_DATE, WORD_DATE))


def is_garbled(text: str) -> bool:
    """Whether a text holds UTF-8 that was read as Windows-1252 or Mac Roman, as in “JosÃ©”."""
    if text.isascii():
        return False
    found = GARBLED.search(text)
    return found is not None and _mends(found[0])


def _mends(piece: str) -> bool:
    """Whether the piece, written as Windows-1252 and read as UTF-8, is one sensible character."""
    raw = bytearray()
    for sign in piece:
        try:
            raw += sign.encode("cp1252")
        except UnicodeEncodeError:
            if sign > "\xff":
                return False
            raw += sign.encode("latin-1")
    for length in range(2, len(raw) + 1):
        try:
            bytes(raw[:length]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
