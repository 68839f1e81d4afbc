"""What spreadsheets and wrong encodings leave behind: each test looks at one column and says what it found."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.column_kinds import (
    DATE_NAME,
    ID_NAME,
    PHONE_NAME,
    POSTCODE_NAME,
    ColumnKind,
)
from klantbeeld.platform.transfer.reading.errors import Warning
from klantbeeld.platform.transfer.reading.value_shapes import (
    CELL_ERROR,
    GENE_DATE,
    ISO_DATE,
    SCIENTIFIC,
    TIME,
    is_garbled,
)

EXAMPLES = 5
DUTCH_PHONE_CUT = re.compile(r"[1-9]\d{8}")
SHORT_YEAR = re.compile(r"\d.*\D\d{2}")
SERIAL_DATES = range(20_000, 60_001)
"""Days since 1900 as Excel counts them: October 1954 to April 2064."""
SAME_WIDTH_SHARE = 0.6
MOST_LOST_ZEROS = 4

Found = tuple[str, list[str]]
"""A code of `wording.WARNINGS` and the values concerned."""


def damage_in(name: str, kind: ColumnKind, counts: Mapping[str, int]) -> tuple[Warning, ...]:
    """Warnings about the values of one column, which come stripped, not empty, with how often each is there."""
    warnings = []
    for code, values in _found(name, kind, counts):
        if values:
            warnings.append(Warning(name, code, sum(counts[value] for value in values), tuple(values[:EXAMPLES])))
    return tuple(warnings)


def _found(name: str, kind: ColumnKind, counts: Mapping[str, int]) -> Iterator[Found]:
    for code, test in _EVERYWHERE:
        yield code, [value for value in counts if test(value)]
    if kind not in (ColumnKind.DECIMAL, ColumnKind.MONEY) or ID_NAME.search(name):
        yield "scientific", [value for value in counts if SCIENTIFIC.fullmatch(value)]
    if kind in (ColumnKind.DATE, ColumnKind.DATETIME):
        yield "two_digit_years", [value for value in counts if _has_short_year(value)]
    if not DATE_NAME.search(name):
        yield "date_like_text", [value for value in counts if GENE_DATE.fullmatch(value)]
    else:
        yield "serial_dates", _serial_dates(counts)
    if kind is ColumnKind.INTEGER:
        yield "decimal_wholes", [value for value in counts if value.endswith(".0")]
    yield "leading_zeros", _without_zeros(name, kind, counts)


def _has_short_year(value: str) -> bool:
    timed = TIME.fullmatch(value)
    date = timed["date"].rstrip(", ") if timed else value
    return SHORT_YEAR.fullmatch(date) is not None and not ISO_DATE.fullmatch(date)


def _serial_dates(counts: Mapping[str, int]) -> list[str]:
    """Whole numbers (or numbers with a time of day after the point) in a column that is named like a date."""
    serials = [value for value in counts if _is_serial(value)]
    others = sum(1 for value in counts if value not in set(serials) and value.isdigit())
    return serials if others <= len(serials) / 10 else []


def _is_serial(value: str) -> bool:
    whole, _point, part = value.partition(".")
    return len(whole) == 5 and whole.isdecimal() and (not part or part.isdecimal()) and int(whole) in SERIAL_DATES


def _without_zeros(name: str, kind: ColumnKind, counts: Mapping[str, int]) -> list[str]:
    """Values that are shorter than the others, or than a Dutch phone number is, and could have lost zeros."""
    if kind is ColumnKind.PHONE or PHONE_NAME.search(name):
        return [value for value in counts if DUTCH_PHONE_CUT.fullmatch(value)]
    if not (ID_NAME.search(name) or POSTCODE_NAME.search(name)) or kind not in (ColumnKind.ID, ColumnKind.POSTCODE):
        return []
    digits = [value for value in counts if value.isdecimal()]
    if len(digits) < 0.9 * len(counts):
        return []
    return _shorter_than_usual(digits)


def _shorter_than_usual(digits: list[str]) -> list[str]:
    """Codes that are shorter than the width most of them have. Running numbers grow by one digit, and are left alone:
    among those the short ones come first and fill their width."""
    widths = Counter(map(len, digits))
    width, usual = widths.most_common(1)[0]
    short = [value for value in digits if 0 < width - len(value) <= MOST_LOST_ZEROS]
    if width < 4 or usual < SAME_WIDTH_SHARE * len(digits) or max(widths) > width or not short:
        return []
    smallest = min(int(value) for value in digits if len(value) == width)
    is_running = smallest <= 10 ** (width - 1) * 1.1 and max(map(int, short)) >= 10 ** (width - 1) * 0.9
    return [] if is_running else short


_EVERYWHERE: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("cell_errors", CELL_ERROR.fullmatch),
    ("mojibake", is_garbled),
    ("lost_characters", lambda value: "\ufffd" in value),
    ("cut_text", lambda value: len(value) == limits.EXCEL_CELL_CHARACTERS),
)
