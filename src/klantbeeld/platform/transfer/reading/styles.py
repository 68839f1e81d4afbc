"""Whether numbers have a decimal comma or point, and in which order dates are written: votes of the values."""

import re
from collections.abc import Iterable, Mapping

from klantbeeld.platform.kernel.numerals import DecimalStyle
from klantbeeld.platform.transfer.reading.dialect import DateStyle
from klantbeeld.platform.transfer.reading.source import Guess
from klantbeeld.platform.transfer.reading.value_shapes import ISO_DATE, MONEY, NUMERIC_DATE, TIME

Values = Iterable[tuple[str, int]]
"""Values with how often each is there."""

_NUMBER = re.compile(r"[+\-−]?\d[\d.,]*")
_GROUPS = re.compile(r"\d{1,3}(?:(?P<sign>[.,])\d{3})+")


def decimal_evidence(text: str) -> DecimalStyle | bool | None:
    """The style that a number shows, None when it shows none, False when it has one sign and could be either."""
    money = MONEY.fullmatch(text)
    digits = (money["after"] or money["before"]).strip() if money else text
    if digits.endswith((",-", ",--", ",–")):
        return DecimalStyle.COMMA
    if not _NUMBER.fullmatch(digits):
        return None
    digits = digits.lstrip("+-−")
    points, commas = digits.count("."), digits.count(",")
    if not points and not commas:
        return None
    if points and commas:
        return DecimalStyle.POINT if digits.rfind(".") > digits.rfind(",") else DecimalStyle.COMMA
    sign, style = (".", DecimalStyle.POINT) if points else (",", DecimalStyle.COMMA)
    if _GROUPS.fullmatch(digits):
        if points + commas > 1:
            return DecimalStyle.COMMA if sign == "." else DecimalStyle.POINT
        # One group of three: 1.234 may be either, but nobody writes 0.123 for 123.
        return style if digits.startswith("0") else False
    return style if points + commas == 1 else None


def guess_decimal(values: Values, default: DecimalStyle) -> Guess | None:
    """The decimal style of the values, or None when none of them has a decimal sign.

    Where nothing decides it the default is taken with little confidence.
    """
    votes = {DecimalStyle.POINT: 0, DecimalStyle.COMMA: 0}
    undecided = 0
    for text, count in values:
        style = decimal_evidence(text)
        if isinstance(style, DecimalStyle):
            votes[style] += count
        elif style is False:
            undecided += count
    other = DecimalStyle.COMMA if default is DecimalStyle.POINT else DecimalStyle.POINT
    if not any(votes.values()):
        return Guess(default, 0.5, (other,)) if undecided else None
    return _winner(votes)


def date_evidence(text: str) -> DateStyle | bool | None:
    """The order that a date shows, None when it is no numeric date, False when day and month could be swapped."""
    timed = TIME.fullmatch(text)
    date = timed["date"].rstrip(", ") if timed else text
    if ISO_DATE.fullmatch(date):
        return DateStyle.YMD
    found = NUMERIC_DATE.fullmatch(date)
    if found is None:
        return None
    first, second = int(found["a"]), int(found["b"])
    if first > 12 and second <= 12:
        return DateStyle.DMY
    if second > 12 and first <= 12:
        return DateStyle.MDY
    return False if first <= 12 and second <= 12 else None


def guess_date(values: Values, default: DateStyle = DateStyle.DMY) -> Guess | None:
    """The order of the values' dates, None when there are none. Undecided dates get the default, unsurely."""
    votes = dict.fromkeys(DateStyle, 0)
    undecided = 0
    for text, count in values:
        style = date_evidence(text)
        if isinstance(style, DateStyle):
            votes[style] += count
        elif style is False:
            undecided += count
    if undecided and not votes[DateStyle.DMY] and not votes[DateStyle.MDY]:
        first = default if default is not DateStyle.YMD else DateStyle.DMY
        return Guess(first, 0.5, (DateStyle.MDY if first is DateStyle.DMY else DateStyle.DMY,))
    return _winner(votes) if any(votes.values()) else None


def _winner(votes: Mapping[DateStyle, int] | Mapping[DecimalStyle, int]) -> Guess:
    """The style with most votes; the others that got any are the alternatives."""
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    total = sum(votes.values())
    return Guess(ranked[0][0], round(ranked[0][1] / total, 3), tuple(style for style, count in ranked[1:] if count))
