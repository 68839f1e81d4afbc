"""Where the table begins: titles above it, and whether its first row holds names or values."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from klantbeeld.platform.transfer.reading.rows import Row
from klantbeeld.platform.transfer.reading.source import Guess
from klantbeeld.platform.transfer.reading.value_shapes import Shape, shape_of

SEARCHED_ROWS = 40
BODY_ROWS = 50
NAME = re.compile(r"[^\W\d][\w .,:;/()#&%€'’\-\n?+*]{0,80}")
YEAR = re.compile(r"(?:19|20)\d\d(?:[/\-]\d\d)?")
KNOWN_NAMES = re.compile(
    r"(?:.*[\W_])?(?:id|uuid|nr|no|code|name|naam|email|e-mail|mail|phone|telefoon|tel|date|datum|amount|bedrag|price|"
    r"prijs|city|plaats|stad|country|land|zip|postcode|address|adres|status|type|title|titel|year|jaar|quantity|aantal|"
    r"total|totaal|description|omschrijving|company|bedrijf|first|last|value|key|number|nummer)(?:[\W_].*)?",
    re.I,
)


@dataclass(frozen=True)
class Header:
    """`skip` counts the lines above the header, or above the first row when there is none."""

    skip: Guess
    header: Guess


def guess_header(rows: Sequence[Row]) -> Header:
    """Where the table starts in the first rows of a file, titles included."""
    if not rows:
        return Header(Guess(0, 1.0), Guess(True, 0.5, (False,)))
    start, sure = _start(rows)
    confidence = _is_header(rows[start].cells, [row.cells for row in rows[start + 1 : start + 1 + BODY_ROWS]])
    others = tuple(row.number - 1 for row in rows[:SEARCHED_ROWS] if row.number != rows[start].number)[:5]
    is_header = confidence >= 0.5
    return Header(
        Guess(rows[start].number - 1, sure, others),
        Guess(is_header, round(confidence if is_header else 1 - confidence, 2), (not is_header,)),
    )


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _start(rows: Sequence[Row]) -> tuple[int, float]:
    """The index of the first row that is as full as the rows of the table, and how sure that is."""
    fill = [_filled(row.cells) for row in rows]
    body = [count for count in fill if count > 1] or fill
    usual = median(body)
    if usual <= 1:
        return (next((index for index, count in enumerate(fill) if count), 0), 0.7)
    for index, count in enumerate(fill[:SEARCHED_ROWS]):
        below = [other for other in fill[index + 1 : index + 21] if other]
        enough = max(2.0, 0.5 * min(usual, median(below))) if below else 2.0
        if count >= enough:
            better = _better_below(rows, index)
            return better, (0.95 if index == 0 and better == 0 else 0.7)
    return 0, 0.4


def _better_below(rows: Sequence[Row], index: int) -> int:
    """The next row when it is clearly the row of names, and the one at `index` only groups or partly fills it."""
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below is None or not index:
        return index
    here, there = rows[index].cells, below.cells
    named = [cell for cell in here if cell.strip()]
    if len(set(named)) < len(named) / 2 and _all_text(there) and _filled(there) >= _filled(here):
        return _better_below(rows, index + 1)
    return index


def _all_text(cells: list[str]) -> bool:
    return all(shape_of(cell) in (Shape.TEXT, Shape.EMPTY) for cell in cells)


def _is_header(first: list[str], body: list[list[str]]) -> float:
    """The chance, from 0 to 1, that the first row holds names."""
    named = [cell.strip() for cell in first if cell.strip()]
    if not named:
        return 0.0
    if not body:
        return 0.6 if all(NAME.fullmatch(cell) for cell in named) else 0.2
    score = 0.0
    for place, cell in enumerate(first):
        score += _column_score(cell.strip(), [row[place].strip() for row in body if place < len(row)])
    score /= len(first)
    if len(set(named)) < len(named):
        score -= 0.2
    # Names of the usual kind, all different, are a header even when all columns are text.
    score += 0.3 * sum(1 for cell in named if KNOWN_NAMES.fullmatch(cell)) / len(named)
    return max(0.02, min(0.99, 0.5 + score))


def _column_score(name: str, values: list[str]) -> float:
    """From -0.5 (surely a value like those below it) to 0.5 (surely a name)."""
    filled = [value for value in values if value]
    if not name:
        return -0.05
    shape = shape_of(name)
    if shape is Shape.TEXT and name in filled:
        return -0.4
    below = Counter(shape_of(value) for value in filled)
    usual = below.most_common(1)[0][0] if below else Shape.EMPTY
    if shape is not Shape.TEXT:
        if YEAR.fullmatch(name) and name not in filled:
            return 0.1
        return -0.5 if shape is usual or not below else -0.3
    if usual is not Shape.TEXT and usual is not Shape.EMPTY:
        return 0.5 * below[usual] / len(filled)
    return 0.1 if NAME.fullmatch(name) else -0.1
