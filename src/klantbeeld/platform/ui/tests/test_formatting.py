from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.ui import formats

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 20, 9, 24, tzinfo=UTC)  # 10:24 in Amsterdam


def plain(text):
    return text.replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "read"),
    [
        ("4310", "EUR", "en", "€ 4,310"),
        ("4310", "EUR", "nl", "€ 4.310"),
        ("4310.00", "EUR", "nl_NL", "€ 4.310"),
        ("-76", "EUR", "en", "− € 76"),
        ("12.5", "EUR", "nl", "€ 12,50"),
        ("-0.001", "EUR", "en", "€ 0.00"),
        ("1234.5", "JPY", "en", "JP¥ 1,235"),
        ("1000000", "GBP", "en_GB", "£ 1,000,000"),
    ],
)
def test_money_is_written_as_people_write_it(amount, currency, locale, read):
    assert plain(formats.money(Decimal(amount), currency, locale)) == read


def test_money_in_a_column_keeps_its_cents():
    assert plain(formats.money(Decimal(12), "EUR", "en", decimals=2)) == "€ 12.00"


def test_an_unknown_currency_is_refused():
    with pytest.raises(ValueError, match="XXY"):
        formats.money(Decimal(1), "XXY", "en")


def test_nothing_in_a_number_breaks_over_two_lines():
    assert " " not in formats.money(Decimal("-1234.56"), "EUR", "nl") + formats.count(1_048_123, False, "nl")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_number_keeps_all_its_digits(value):
    shown = formats.number(value, "nl")
    back = shown.replace(".", "").replace(",", ".").replace(formats.MINUS + formats.NBSP, "-")
    assert Decimal(back) == value


@pytest.mark.parametrize(
    ("value", "decimals", "read"),
    [
        (2.675, 2, "2.68"),
        (1e16, 0, "10,000,000,000,000,000"),
        (0.1, None, "0.1"),
        (1e-7, None, "0.0000001"),
        (-5, None, "− 5"),
        (2.0, None, "2"),
    ],
)
def test_a_float_is_read_as_it_is_written(value, decimals, read):
    assert plain(formats.number(value, "en", decimals)) == read


@pytest.mark.parametrize(
    ("total", "exact", "locale", "read"),
    [
        (9_999, True, "en", "9,999"),
        (25_900, True, "nl", "25.900"),
        (1_048_123, False, "en", "about 1,048,000"),
        (1_048_123, False, "nl", "ongeveer 1.048.000"),
        (14_213, False, "en", "about 14,200"),
        (7, False, "en", "about 7"),
    ],
)
def test_an_estimate_says_that_it_is_one(total, exact, locale, read):
    assert plain(formats.count(total, exact, locale)) == read


def test_a_share_is_read_in_hundredths():
    assert plain(formats.percent(0.6, "en")) == "60 %"
    assert plain(formats.percent(Decimal("0.1234"), "nl", 1)) == "12,3 %"


def test_a_day_has_its_short_month():
    assert plain(formats.date(date(2026, 11, 18), "en")) == "18 Nov 2026"
    assert plain(formats.date(date(2026, 3, 1), "nl")) == "1 mrt 2026"


def test_a_moment_is_on_the_readers_clock():
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert plain(formats.datetime(summer, "nl", AMSTERDAM)) == "2 jul 2026, 00:30"


@pytest.mark.parametrize(
    ("back", "english", "dutch"),
    [
        (timedelta(seconds=40), "now", "nu"),
        (timedelta(minutes=12), "12 min", "12 min"),
        (timedelta(hours=3, minutes=59), "3 h", "3 u"),
        (timedelta(hours=23, minutes=59), "23 h", "23 u"),
        (timedelta(hours=25), "yesterday", "gisteren"),
        (timedelta(hours=47), "18 Nov", "18 nov"),
        (timedelta(days=400), "16 Oct 2025", "16 okt 2025"),
        (-timedelta(minutes=12), "in 12 min", "over 12 min"),
        (-timedelta(hours=26), "tomorrow", "morgen"),
    ],
)
def test_the_past_is_told_from_now(back, english, dutch):
    assert plain(formats.ago(NOW - back, NOW, "en", AMSTERDAM).text) == english
    assert plain(formats.ago(NOW - back, NOW, "nl", AMSTERDAM).text) == dutch


def test_how_long_ago_comes_with_the_full_time():
    assert plain(formats.ago(NOW, NOW, "en", AMSTERDAM).full) == "20 Nov 2026, 10:24"


@pytest.mark.parametrize(
    ("e164", "region", "said"),
    [
        ("+31628419037", "NL", "06 28 41 90 37"),
        ("+31302714409", "NL", "030 271 44 09"),
        ("+31344612345", "NL", "0344 61 23 45"),
        ("+318001234", "NL", "0800 1234"),
        ("+32470123456", "NL", "+32 470 12 34 56"),
        ("+31628419037", "BE", "+31 6 28419037"),
        ("+32470123456", "BE", "0470 12 34 56"),
        ("ask Piet", "NL", "ask Piet"),
    ],
)
def test_a_phone_number_is_written_as_it_is_said(e164, region, said):
    assert plain(formats.phone(e164, region)) == said
