from contextlib import suppress
from datetime import UTC, timedelta, timezone
from datetime import date as day
from datetime import datetime as moment
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.transfer.reading import CannotRead, DateStyle, DecimalStyle
from klantbeeld.platform.transfer.reading.parsers import boolean, date, datetime, decimal, integer

POINT, COMMA = DecimalStyle.POINT, DecimalStyle.COMMA
YMD, DMY, MDY = DateStyle.YMD, DateStyle.DMY, DateStyle.MDY
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.234", POINT, "1.234"),
        ("1.234", COMMA, "1234"),
        ("1,234", POINT, "1234"),
        ("1,234", COMMA, "1.234"),
        ("1.234.567,89", COMMA, "1234567.89"),
        ("1,234,567.89", POINT, "1234567.89"),
        ("1'234.50", POINT, "1234.50"),
        ("1 234,50", COMMA, "1234.50"),
        ("1\u00a0234,50", COMMA, "1234.50"),
        ("€ 12,50", COMMA, "12.50"),
        ("-€ 12,50", COMMA, "-12.50"),
        ("€ -12,50", COMMA, "-12.50"),
        ("12,50 EUR", COMMA, "12.50"),
        ("12,-", COMMA, "12"),
        ("€ 1.250,-", COMMA, "1250"),
        ("12.50-", POINT, "-12.50"),
        ("(12.50)", POINT, "-12.50"),
        ("− 76", POINT, "-76"),
        ("−76", POINT, "-76"),
        (".5", POINT, "0.5"),
        ("5.7E+17", POINT, "5.7E+17"),
        ("5,7E-3", COMMA, "0.0057"),
        ("0.1234567890123456789012345678901", POINT, "0.1234567890123456789012345678901"),
        ("1.23", COMMA, None),
        ("12.3456", COMMA, None),
        ("1,23", POINT, None),
        ("1,234.5,6", POINT, None),
        ("1.234,567.8", COMMA, None),
        ("1,2345", POINT, None),
        ("5.7E+17", COMMA, None),
        ("12%", POINT, None),
        ("1_000", POINT, None),
        ("NaN", POINT, None),
        ("Infinity", POINT, None),
        ("١٢", POINT, None),
        ("0x10", POINT, None),
        ("1 2", POINT, None),
        ("-", POINT, None),
        ("", POINT, None),
        (".", COMMA, None),
        ("9" * 61, POINT, None),
    ],
)
def test_decimals_are_read_in_their_style_or_refused(text: str, style: DecimalStyle, value: str | None) -> None:
    if value is None:
        with pytest.raises(CannotRead):
            decimal(text, style)
    else:
        assert decimal(text, style) == Decimal(value)


def test_the_refusal_shows_the_value_and_the_style() -> None:
    with pytest.raises(CannotRead, match=r"“1\.23” is not a number like 1\.234,56\."):
        decimal("1.23", COMMA)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_number_in_groups_of_thousands_is_read_in_both_styles(number: Decimal) -> None:
    text = f"{number:,.3f}"
    assert decimal(text, POINT) == number
    assert decimal(text.translate(str.maketrans(",.", ".,")), COMMA) == number


@given(st.text("0123456789.,-+ '€()eE%", max_size=14), st.sampled_from(DecimalStyle))
def test_any_text_is_a_finite_number_or_refused(text: str, style: DecimalStyle) -> None:
    with suppress(CannotRead):
        assert decimal(text, style).is_finite()


@pytest.mark.parametrize(
    ("text", "value"),
    [("17850", 17850), ("007", 7), ("-3", -3), ("17850.0", 17850), ("1,234", 1234), ("5.7E+17", None), ("5.5", None)],
)
def test_whole_numbers_lose_nothing(text: str, value: int | None) -> None:
    if value is None:
        with pytest.raises(CannotRead):
            integer(text)
    else:
        assert integer(text) == value


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("2024-03-05", DMY, day(2024, 3, 5)),
        ("2024/3/5", MDY, day(2024, 3, 5)),
        ("20240305", YMD, day(2024, 3, 5)),
        ("05-03-2024", DMY, day(2024, 3, 5)),
        ("5.3.2024", DMY, day(2024, 3, 5)),
        ("3/5/2024", MDY, day(2024, 3, 5)),
        ("12/13/2020", MDY, day(2020, 12, 13)),
        ("5-3-24", DMY, day(2024, 3, 5)),
        ("5-3-69", DMY, day(1969, 3, 5)),
        ("5 mrt 2024", DMY, day(2024, 3, 5)),
        ("5 maart 2024", YMD, day(2024, 3, 5)),
        ("24 October 2011", DMY, day(2011, 10, 24)),
        ("30-Jul-18", DMY, day(2018, 7, 30)),
        ("Oct 24, 2011", MDY, day(2011, 10, 24)),
        ("2024-03-05 00:00:00", YMD, day(2024, 3, 5)),
        ("2024-02-29", YMD, day(2024, 2, 29)),
        ("12/13/2020", DMY, None),
        ("13/12/2020", MDY, None),
        ("05-03-2024", YMD, None),
        ("2023-02-29", YMD, None),
        ("31-4-2024", DMY, None),
        ("20240305", DMY, None),
        ("45356", DMY, None),
        ("2024-W10-2", YMD, None),
        ("2024-03-05 14:30", YMD, None),
        ("5-3/2024", DMY, None),
        ("5 foo 2024", DMY, None),
        ("0000-01-01", YMD, None),
        ("", DMY, None),
    ],
)
def test_dates_are_read_in_their_order_or_refused(text: str, style: DateStyle, value: day | None) -> None:
    if value is None:
        with pytest.raises(CannotRead):
            date(text, style)
    else:
        assert date(text, style) == value


@given(st.dates(min_value=day(1970, 1, 1)), st.sampled_from("-/."))
def test_every_day_is_read_back_in_each_order(when: day, sign: str) -> None:
    year, month, number = f"{when:%Y}", f"{when:%m}", f"{when:%d}"
    assert date(sign.join((year, month, number)), YMD) == when
    assert date(sign.join((number, month, year)), DMY) == when
    assert date(sign.join((month, number, year)), MDY) == when


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("2024-03-05T14:30:00Z", DMY, moment(2024, 3, 5, 14, 30, tzinfo=UTC)),
        ("2024-03-05 14:30", DMY, moment(2024, 3, 5, 13, 30, tzinfo=UTC)),
        ("2024-07-05 14:30:15.5", DMY, moment(2024, 7, 5, 12, 30, 15, 500000, tzinfo=UTC)),
        ("2024-03-05T14:30+0530", DMY, moment(2024, 3, 5, 9, 0, tzinfo=UTC)),
        ("29/2/2016 01:16", DMY, moment(2016, 2, 29, 0, 16, tzinfo=UTC)),
        ("2/29/2016 1:16 PM", MDY, moment(2016, 2, 29, 12, 16, tzinfo=UTC)),
        ("2/29/2016 12:16 am", MDY, moment(2016, 2, 28, 23, 16, tzinfo=UTC)),
        ("5 mrt 2024 14:30", DMY, moment(2024, 3, 5, 13, 30, tzinfo=UTC)),
        ("2024-03-05", DMY, moment(2024, 3, 4, 23, 0, tzinfo=UTC)),
        ("2024-10-27 02:30", DMY, moment(2024, 10, 27, 0, 30, tzinfo=UTC)),
        ("2024-03-31 02:30", DMY, None),
        ("2024-03-05 24:30", DMY, None),
        ("5-3-2024 13:30 pm", DMY, None),
        ("2024-02-30 14:30", DMY, None),
        ("14:30", DMY, None),
        ("2/29/2016 01:16", DMY, None),
    ],
)
def test_moments_are_read_in_the_zone_or_refused(text: str, style: DateStyle, value: moment | None) -> None:
    if value is None:
        with pytest.raises(CannotRead):
            datetime(text, style, AMSTERDAM)
    else:
        found = datetime(text, style, AMSTERDAM)
        assert found == value
        assert found.tzinfo is UTC


@given(st.datetimes(min_value=moment(1970, 1, 2)), st.integers(-14, 14))
def test_a_moment_with_an_offset_is_read_back(when: moment, hours: int) -> None:
    aware = when.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert datetime(aware.isoformat(), YMD, AMSTERDAM) == aware


@pytest.mark.parametrize("text", ["yes", "Ja", "TRUE", "waar", "1", "x", " Y "])
def test_yes_is_understood(text: str) -> None:
    assert boolean(text) is True


@pytest.mark.parametrize("text", ["no", "Nee", "FALSE", "onwaar", "0"])
def test_no_is_understood(text: str) -> None:
    assert boolean(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "2", "-", "?"])
def test_anything_else_is_neither(text: str) -> None:
    with pytest.raises(CannotRead, match="neither yes nor no"):
        boolean(text)
