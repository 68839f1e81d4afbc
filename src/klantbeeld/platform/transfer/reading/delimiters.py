"""Which signs separate and quote: each candidate is tried on the sample, and the one that makes the best table wins."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.delimited import csv_format
from klantbeeld.platform.transfer.reading.dialect import Dialect, Escape
from klantbeeld.platform.transfer.reading.source import Guess
from klantbeeld.platform.transfer.reading.value_shapes import Shape, shape_of

USUAL = (",", ";", "\t", "|")
SEPARATORS = ("\x1f", "\x01", "^", "~", "¦", "§", "!", "#", "&", "*", "%", "$", "=", ":", "/", " ", "_")
RARE_FACTOR = 0.8
PROSE_FACTOR = 0.6
PROSE_SIGNS = frozenset(" :/=_!")
"""Signs that stand in texts, dates and links so often that they need better evidence."""
HARD_SIGNS = (";", "\t", "|")
"""Signs that seldom stand inside a value: a cell that holds one was probably cut in the wrong place."""
EXCEL_HINT = re.compile(r'"?sep=(.)"?\r?\n?', re.I)


@dataclass(frozen=True)
class Separation:
    """How one candidate does: `score` from 0 to 1, and the columns most records have."""

    dialect: Dialect
    score: float
    width: int


def guess_delimiter(lines: list[str]) -> tuple[Dialect, dict[str, Guess]]:
    """The delimiter, quote and escape of the sample `lines` as a dialect, and how sure that is."""
    hint = EXCEL_HINT.fullmatch(lines[0]) if lines else None
    if hint:
        dialect = _quoting(lines[1:], hint[1])
        return dialect.but(skip=1), _guesses(dialect, 1.0, ())
    tried = [_separation(lines, _quoting(lines, sign)) for sign in _candidates(lines)]
    good = sorted((one for one in tried if one.width > 1), key=lambda one: -one.score)
    if not good or good[0].score < 0.3:
        dialect = _quoting(lines, "")
        return dialect, _guesses(dialect, 0.6, tuple(one.dialect.delimiter for one in good[:3]))
    best, others = good[0], good[1:4]
    margin = best.score - others[0].score if others else best.score
    alternatives = tuple(one.dialect.delimiter for one in others)
    return best.dialect, _guesses(best.dialect, min(1.0, 0.5 + best.score * 0.3 + margin * 0.4), alternatives)


def _guesses(dialect: Dialect, confidence: float, alternatives: tuple[str, ...]) -> dict[str, Guess]:
    quotes = tuple(sign for sign in ('"', "'", "") if sign != dialect.quote)
    return {
        "delimiter": Guess(dialect.delimiter, round(confidence, 2), alternatives),
        "quote": Guess(dialect.quote, 0.9, quotes),
        "escape": Guess(dialect.escape, 0.9, tuple(one for one in Escape if one is not dialect.escape)),
        "skip_space": Guess(dialect.skip_space, 0.9),
    }


def _candidates(lines: list[str]) -> list[str]:
    present = set().union(*(set(line) for line in lines)) if lines else set()
    return [sign for sign in (*USUAL, *SEPARATORS) if sign in present]


def _separation(lines: list[str], dialect: Dialect) -> Separation:
    records, broken = _records(lines, dialect)
    # Lines of titles and notes have one cell; they say nothing about the table.
    widths = Counter(len(cells) for cells in records if len(cells) > 1)
    if not widths:
        return Separation(dialect, 0.0, 1)
    width = max(widths, key=lambda one: widths[one] * (1 - 1 / one))
    table = [cells for cells in records if len(cells) == width]
    share = len(table) / (len(records) + broken)
    score = share * (1 - 1 / width) ** 0.5 * _sense(table, dialect.delimiter)
    if dialect.delimiter not in USUAL:
        if len(table) < 2:
            return Separation(dialect, 0.0, 1)
        score *= PROSE_FACTOR if dialect.delimiter in PROSE_SIGNS else RARE_FACTOR
    return Separation(dialect, score, width)


def _records(lines: list[str], dialect: Dialect) -> tuple[list[list[str]], int]:
    """The records of the sample that aren't blank, and how many lines broke off."""
    reader = csv.reader(lines, **csv_format(dialect))
    records: list[list[str]] = []
    broken = 0
    while len(records) + broken < limits.SAMPLE_ROWS:
        try:
            records.extend(cells for cells in islice(reader, 1) if cells)
            if reader.line_num >= len(lines):
                break
        except csv.Error as error:
            # The sample may end inside quotes; that is no fault.
            if str(error) == "unexpected end of data" and records:
                break
            broken += 1
    return records, broken


def _sense(table: list[list[str]], delimiter: str) -> float:
    """How much the cells look like whole values: pieces that hold another separator are suspect."""
    others = [sign for sign in HARD_SIGNS if sign != delimiter]
    points = total = 0.0
    for cells in table[:100]:
        for cell in cells:
            total += 1
            shape = shape_of(cell)
            if shape is not Shape.TEXT:
                points += 1.0 if shape is not Shape.EMPTY else 0.8
            elif any(sign in cell for sign in others):
                points += 0.4
            else:
                points += 0.9
    return points / total if total else 0.0


def _quoting(lines: list[str], delimiter: str) -> Dialect:
    """The quote and escape that fit the sample when `delimiter` separates."""
    text = "".join(lines)
    sign = re.escape(delimiter) if delimiter else r"(?!)"
    opens = {quote: len(re.findall(rf"(?:^|{sign}) *{quote}", text, re.M)) for quote in ('"', "'")}
    closes = {quote: len(re.findall(rf"{quote}(?:{sign}|$|\r)", text, re.M)) for quote in ('"', "'")}
    quote = '"'
    if not opens['"'] and opens["'"] >= 2 and closes["'"] >= opens["'"] * 0.8:
        quote = "'"
    skip_space = delimiter not in ("", " ") and bool(re.search(rf"{sign} +{quote}[^{quote}]", text))
    plain = Dialect(delimiter=delimiter, quote=quote, skip_space=skip_space)
    backslash = plain.but(escape=Escape.BACKSLASH)
    if f"\\{quote}" in text and _broken(lines, backslash) < _broken(lines, plain):
        return backslash
    unquoted = plain.but(quote="", skip_space=False)
    if opens[quote] > closes[quote] and _broken(lines, unquoted) < _broken(lines, plain):
        return unquoted
    return plain


def _broken(lines: list[str], dialect: Dialect) -> int:
    """Lines of the sample that don't become a whole record of the usual width."""
    records, broken = _records(lines, dialect)
    widths = Counter(map(len, records))
    odd = len(records) - (widths.most_common(1)[0][1] if widths else 0)
    swallowed = sum(max(0, "".join(cells).count("\n") - 1) for cells in records)
    return broken * 2 + odd + swallowed
