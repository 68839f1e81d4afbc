from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.kernel.money import Money, minor_units

euro = Money.of("12.50", "EUR")


def test_sums_and_products_are_exact() -> None:
    assert euro + Money.of("0.10", "EUR") - Money.of("0.20", "EUR") == Money.of("12.40", "EUR")
    assert 3 * euro == euro * Decimal("3.0") == Money.of("37.50", "EUR")
    assert -euro / 2 == Money.of("-6.25", "EUR")
    assert euro > Money.of(1, "EUR")
    assert not Money.of(0, "EUR")


@pytest.mark.parametrize(
    "mix",
    [lambda: euro + Money.of(1, "USD"), lambda: euro < Money.of(1, "USD"), lambda: euro - Money.of(1, "GBP")],
)
def test_two_currencies_never_meet(mix: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="without a rate"):
        mix()


@pytest.mark.parametrize(
    "wrong", [lambda: Money(1.5, "EUR"), lambda: euro * 1.5, lambda: euro + 1, lambda: euro * True, lambda: euro * euro]
)
def test_floats_and_bare_numbers_are_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        wrong()


@pytest.mark.parametrize(("amount", "currency"), [("NaN", "EUR"), ("1e", "EUR"), ("1", "eur"), ("1", "XXQ")])
def test_what_is_no_money_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        Money.of(amount, currency)


def test_minor_units_follow_the_standard() -> None:
    assert [minor_units(code) for code in ("EUR", "JPY", "KWD", "IQD", "CLF")] == [2, 0, 3, 3, 4]
    assert Money.from_minor(1250, "EUR") == euro
    assert Money.of(1250, "JPY").to_minor() == 1250
    with pytest.raises(ValueError, match="quantize"):
        Money.of("0.005", "EUR").to_minor()


def test_halves_are_rounded_away_from_zero() -> None:
    assert [str(Money.of(text, "EUR").quantize()) for text in ("0.005", "-0.005", "2.675")] == [
        "EUR 0.01",
        "EUR -0.01",
        "EUR 2.68",
    ]


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_minor_units_come_back(units: int, currency: str) -> None:
    assert Money.from_minor(units, currency).to_minor() == units
