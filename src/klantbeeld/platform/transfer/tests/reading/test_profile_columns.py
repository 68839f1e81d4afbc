import pytest

from klantbeeld.platform.transfer.reading import (
    ColumnKind,
    ColumnProfile,
    DateStyle,
    DecimalStyle,
    Row,
    Rows,
    Warning,
    profile,
)


def column(name: str, values: list[str]) -> ColumnProfile:
    rows = Rows([name], iter([Row(number, [value]) for number, value in enumerate(values, start=2)]))
    return profile(rows)[0]


def codes(name: str, values: list[str]) -> list[str]:
    return [warning.code for warning in column(name, values).warnings]


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("name", ["Jansen", "De Vries", "3"], ColumnKind.TEXT),
        ("aantal", ["1", "20", "-3"], ColumnKind.INTEGER),
        ("CustomerID", ["17850.0", "12748.0"], ColumnKind.INTEGER),
        ("weight", ["1.5", "2.25", "30"], ColumnKind.DECIMAL),
        ("amount", ["1,50", "2,25"], ColumnKind.MONEY),
        ("kolom", ["€ 1.250,-", "€ 3,50"], ColumnKind.MONEY),
        ("datum", ["31-12-2024", "1-2-2024"], ColumnKind.DATE),
        ("opened_at", ["29/2/2016 01:16", "3/3/2016 13:43"], ColumnKind.DATETIME),
        ("opt_in", ["ja", "nee", "ja"], ColumnKind.BOOLEAN),
        ("active", ["0", "1"], ColumnKind.BOOLEAN),
        ("one", ["1", "1", "1"], ColumnKind.INTEGER),
        ("contact", ["a@example.nl", "b.c@example.com"], ColumnKind.EMAIL),
        ("contact", ["06 12345678", "+31 20 123 45 67"], ColumnKind.PHONE),
        ("telefoon", ["612345678", "0612345678"], ColumnKind.PHONE),
        ("adres", ["1234 AB", "9876zz"], ColumnKind.POSTCODE),
        ("zip", ["01234", "90210"], ColumnKind.POSTCODE),
        ("StockCode", ["22632", "85123A", "22633"], ColumnKind.ID),
        ("column", ["0002129", "0000990"], ColumnKind.ID),
        ("empty", ["", ""], ColumnKind.TEXT),
    ],
)
def test_the_kind_of_a_column_is_seen(name: str, values: list[str], kind: ColumnKind) -> None:
    assert column(name, values).kind is kind


def test_a_profile_counts_what_is_there() -> None:
    found = column("city", ["Utrecht", "", "Utrecht", "Ede"])
    assert (found.rows, found.empty_share, found.distinct, found.examples) == (4, 0.25, 2, ("Utrecht", "Ede"))


def test_rows_with_a_problem_are_left_out() -> None:
    rows = Rows(["a"], iter([Row(2, ["1"]), Row(3, ["x", "y"], "The row is broken.")]))
    assert profile(rows)[0].rows == 1


@pytest.mark.parametrize(
    ("values", "style", "code"),
    [
        (["1.234,50", "2,5"], DecimalStyle.COMMA, None),
        (["1,234.50", "2.5"], DecimalStyle.POINT, None),
        (["0,125"], DecimalStyle.COMMA, None),
        (["1.234.567"], DecimalStyle.COMMA, None),
        (["1.234", "5.678"], DecimalStyle.POINT, "ambiguous_decimals"),
        (["1.5", "2.5", "2,5"], DecimalStyle.POINT, "mixed_decimals"),
    ],
)
def test_the_decimal_style_is_seen_and_doubt_is_said(values: list[str], style: DecimalStyle, code: str | None) -> None:
    found = column("weight", values)
    assert found.decimal is not None
    assert found.decimal.value is style
    assert [warning.code for warning in found.warnings] == ([code] if code else [])


@pytest.mark.parametrize(
    ("values", "style", "code"),
    [
        (["31-12-2024", "1-2-2024"], DateStyle.DMY, None),
        (["12/31/2024", "1/2/2024"], DateStyle.MDY, None),
        (["2024-01-02"], DateStyle.YMD, None),
        (["1-2-2024", "3-4-2024"], DateStyle.DMY, "ambiguous_dates"),
        (["13-1-2024", "14-1-2024", "1-14-2024"], DateStyle.DMY, "mixed_dates"),
    ],
)
def test_the_order_of_dates_is_seen_and_doubt_is_said(values: list[str], style: DateStyle, code: str | None) -> None:
    found = column("datum", values)
    assert found.date is not None
    assert found.date.value is style
    assert [warning.code for warning in found.warnings] == ([code] if code else [])


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("order_id", ["5.7E+17", "5.71235E+17"], "scientific"),
        ("ean", ["8,71235E+12", "8712345678901"], "scientific"),
        ("geboortedatum", ["31234", "28111", "15-3-1980"], "serial_dates"),
        ("created_at", ["45356.5", "45357"], "serial_dates"),
        ("telefoon", ["612345678", "0612345679"], "leading_zeros"),
        ("mobile", ["612345678", "687654321"], "leading_zeros"),
        ("klantnummer", ["00123", "04567", "1234", "98765", "55555"], "leading_zeros"),
        ("zip", ["90210", "10001", "2138", "94103"], "leading_zeros"),
        ("price", ["#REF!", "1.50", "2.75"], "cell_errors"),
        ("prijs", ["#WAARDE!", "#N/B", "2"], "cell_errors"),
        ("name", ["JosÃ©", "Zoë"], "mojibake"),
        ("name", ["â€˜t Hart"], "mojibake"),
        ("name", ["Jos\ufffd"], "lost_characters"),
        ("gene", ["Mar-01", "BRCA1"], "date_like_text"),
        ("maat", ["1-mei", "3-5"], "date_like_text"),
        ("notes", ["x" * 32767], "cut_text"),
        ("datum", ["31-12-24"], "two_digit_years"),
        ("CustomerID", ["17850.0", "12748.0"], "decimal_wholes"),
    ],
)
def test_damage_is_noticed_and_said(name: str, values: list[str], code: str) -> None:
    warnings = {warning.code: warning for warning in column(name, values).warnings}
    assert code in warnings
    assert warnings[code].count >= 1
    assert warnings[code].column == name
    assert set(warnings[code].examples) <= set(values)
    assert "{" not in warnings[code].message


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("weight", ["1.5E+10", "2.5"]),
        ("aantal", ["45000", "45001"]),
        ("order_id", [str(number) for number in range(900, 2500)]),
        ("quantity", ["1", "12", "1234", "4321", "5678"]),
        ("name", ["Ångström", "Ünal", "São", "Ã", "Âge", "naïve", "« Ça »"]),
        ("telefoon", ["0612345678", "+31612345678", "020 1234567"]),
        ("created", ["Jan-05", "Feb-05"]),
        ("name", ["1-May Ltd", "March-05 sale"]),
        ("kvk", ["12345678", "23456789"]),
    ],
)
def test_what_is_whole_is_left_in_peace(name: str, values: list[str]) -> None:
    assert codes(name, values) == []


def test_a_warning_is_stored_and_read_back() -> None:
    warning = column("order_id", ["5.7E+17"]).warnings[0]
    assert Warning.from_json(warning.to_json()) == warning
