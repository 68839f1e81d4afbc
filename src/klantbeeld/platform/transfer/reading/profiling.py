"""What each column seems to hold, how its values are written, and what has happened to them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from klantbeeld.platform.kernel.numerals import DecimalStyle
from klantbeeld.platform.transfer.reading import column_kinds
from klantbeeld.platform.transfer.reading.column_kinds import ColumnKind
from klantbeeld.platform.transfer.reading.damage import damage_in
from klantbeeld.platform.transfer.reading.dialect import DateStyle
from klantbeeld.platform.transfer.reading.errors import Warning
from klantbeeld.platform.transfer.reading.rows import Rows
from klantbeeld.platform.transfer.reading.source import Guess
from klantbeeld.platform.transfer.reading.styles import date_evidence, guess_date, guess_decimal

SAMPLE_ROWS = 10_000
SAMPLE_CELLS = 1_000_000
EXAMPLES = 5

NUMBERS = (ColumnKind.DECIMAL, ColumnKind.MONEY)
DATES = (ColumnKind.DATE, ColumnKind.DATETIME)


@dataclass(frozen=True)
class ColumnProfile:
    """What the sampled rows show of one column.

    `decimal` and `date` are guesses of the style, None where the column has no such values. `rows` were looked at,
    `empty_share` of them (0 to 1) have nothing here, `distinct` different values were met. Up to five `examples`.
    """

    name: str
    kind: ColumnKind
    rows: int
    empty_share: float
    distinct: int
    examples: tuple[str, ...] = ()
    decimal: Guess | None = None
    date: Guess | None = None
    warnings: tuple[Warning, ...] = ()


def profile(
    rows: Rows,
    sample: int = SAMPLE_ROWS,
    *,
    decimal: DecimalStyle = DecimalStyle.POINT,
    date: DateStyle = DateStyle.DMY,
) -> list[ColumnProfile]:
    """A profile of each column from the first `sample` rows (fewer for very wide tables).

    Rows with a problem are left out. `decimal` and `date` are taken where the values of a column leave it open.
    """
    most = max(100, min(sample, SAMPLE_CELLS // max(1, len(rows.columns))))
    good = [row.cells for row in islice(rows, most) if row.problem is None]
    profiles = []
    for place, name in enumerate(rows.columns):
        # With JSON Lines the first rows may be shorter than the last ones.
        counts = Counter(cells[place].strip() if place < len(cells) else "" for cells in good)
        empty = counts.pop("", 0)
        profiles.append(_column(name, counts, len(good), empty, decimal, date))
    return profiles


def _column(
    name: str, counts: Counter[str], rows: int, empty: int, decimal: DecimalStyle, date: DateStyle
) -> ColumnProfile:
    kind = column_kinds.kind_of(name, counts)
    decimal_guess = guess_decimal(counts.items(), decimal) if kind in NUMBERS or kind is ColumnKind.INTEGER else None
    date_guess = guess_date(counts.items(), date) if kind in DATES else None
    return ColumnProfile(
        name=name,
        kind=kind,
        rows=rows,
        empty_share=round(empty / rows, 4) if rows else 0.0,
        distinct=len(counts),
        examples=tuple(value for value, _count in counts.most_common(EXAMPLES)),
        decimal=decimal_guess,
        date=date_guess,
        warnings=(*damage_in(name, kind, counts), *_style_warnings(name, counts, decimal_guess, date_guess)),
    )


def _style_warnings(
    name: str, counts: Mapping[str, int], decimal: Guess | None, date: Guess | None
) -> tuple[Warning, ...]:
    """Warnings about values that can be read in two ways."""
    found: list[Warning] = []
    examples = tuple(islice(counts, EXAMPLES))
    total = sum(counts.values())
    for guess, undecided, mixed in (
        (decimal, "ambiguous_decimals", "mixed_decimals"),
        (date, "ambiguous_dates", "mixed_dates"),
    ):
        if guess is not None and guess.alternatives:
            code = undecided if _is_open(guess, counts, date is guess) else mixed
            found.append(Warning(name, code, total, examples))
    return tuple(found)


def _is_open(guess: Guess, counts: Mapping[str, int], of_dates: bool) -> bool:
    """Whether no value decides the style, as against values that contradict each other."""
    if not of_dates:
        return guess_decimal(counts.items(), _other(guess)) != guess
    return guess.confidence == 0.5 and not any(
        date_evidence(value) in (DateStyle.DMY, DateStyle.MDY) for value in counts
    )


def _other(guess: Guess) -> DecimalStyle:
    return DecimalStyle.COMMA if guess.value == DecimalStyle.POINT else DecimalStyle.POINT
