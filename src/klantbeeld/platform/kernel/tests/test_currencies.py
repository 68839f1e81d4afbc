import pytest

from klantbeeld.platform.kernel.currencies import minor_units


def test_a_currency_has_the_decimals_of_the_standard() -> None:
    assert [minor_units(code) for code in ("EUR", "JPY", "KWD", "IQD", "CLF")] == [2, 0, 3, 3, 4]


@pytest.mark.parametrize("code", ["eur", "XXQ", "", "EURO"])
def test_what_is_no_currency_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        minor_units(code)
