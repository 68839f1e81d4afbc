"""Numbers as people write them are read back as they were, and never as another number."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.kernel import numerals
from klantbeeld.platform.kernel.numerals import DecimalStyle, NotANumber

NUMBERS = st.decimals(min_value=-(10**14), max_value=10**14, places=4)


@given(NUMBERS, st.sampled_from(DecimalStyle))
def test_what_is_written_is_read_back(number, style):
    assert numerals.decimal(numerals.text(number, style), style) == number


@given(NUMBERS, st.sampled_from(DecimalStyle))
def test_a_number_in_the_other_style_is_refused_or_a_whole_number_with_groups(number, style):
    other = DecimalStyle.POINT if style is DecimalStyle.COMMA else DecimalStyle.COMMA
    text = numerals.text(number, other)
    with suppress(NotANumber):
        found = numerals.decimal(text, style)
        assert found == number or found == int("".join(sign for sign in text if sign not in ".,"))


@pytest.mark.parametrize("text", ["", " ", "1_000", "1.2.3", "12%", "NaN", "inf", "0x10", "1,23,456.0", "9" * 61])
def test_what_is_no_number_is_refused(text):
    for style in DecimalStyle:
        with pytest.raises(NotANumber):
            numerals.decimal(text, style)


def test_a_currency_and_a_round_amount_are_understood():
    assert numerals.decimal("€ 1.234,50", DecimalStyle.COMMA) == Decimal("1234.50")
    assert numerals.decimal("12,-", DecimalStyle.COMMA) == 12
