import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.customers.rules.addresses import (
    HouseNumber,
    normalise_postcode,
    split_house_number,
    split_street_line,
    street_and_number,
)
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.kernel.text import clean_line


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("1234ab", "NL", "1234 AB"),
        (" 1234  Ab ", "NL", "1234 AB"),
        ("b-1000", "BE", "1000"),
        ("sw1a1aa", "GB", "SW1A 1AA"),
        ("75 008", "FR", "75008"),
        ("12345-6789", "US", "12345-6789"),
        ("L-1234", "LU", "1234"),
        ("100-0001", "JP", "100-0001"),
    ],
)
def test_a_postcode_gets_one_spelling(text: str, country: str, code: str) -> None:
    assert normalise_postcode(text, country) == code
    assert normalise_postcode(code, country) == code


@pytest.mark.parametrize(
    ("text", "country", "reason"),
    [
        ("0123 AB", "NL", "starts with a 0"),
        ("1234 SS", "NL", "SA, SD or SS"),
        ("1234", "NL", "two letters"),
        ("12345 AB", "NL", "such as 1234 AB"),
        ("١٢٣٤ AB", "NL", "such as 1234 AB"),
        ("", "NL", "such as"),
        ("12", "BE", "in BE"),
        ("x" * 13, "JP", "at most 12"),
    ],
)
def test_a_wrong_postcode_is_refused_with_the_reason(text: str, country: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        normalise_postcode(text, country)


@pytest.mark.parametrize(
    ("text", "number", "addition", "written"),
    [
        ("12", 12, "", "12"),
        ("12-2hg", 12, "2hg", "12-2hg"),
        ("41 A bis", 41, "A bis", "41 A bis"),
        ("12a", 12, "a", "12a"),
        ("7 III", 7, "III", "7 III"),
        ("nr. 5", 5, "", "5"),
        ("3/4", 3, "4", "3-4"),
    ],
)
def test_a_house_number_is_split_from_its_addition(text: str, number: int, addition: str, written: str) -> None:
    house = split_house_number(text)
    assert house == (number, addition)
    assert str(house) == written


@pytest.mark.parametrize("text", ["", "A12", "0", "123456", "-3"])
def test_what_is_no_house_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="not a house number"):
        split_house_number(text)


@given(st.integers(1, 99999), st.from_regex(r"([A-Za-z]|[0-9]{1,3}|bis|hs|II|2hg)?", fullmatch=True))
def test_a_written_house_number_is_read_back(number: int, addition: str) -> None:
    house = HouseNumber(number, addition)
    assert split_house_number(str(house)) == house


@pytest.mark.parametrize(
    ("line", "street", "number"),
    [
        ("Keizersgracht 123", "Keizersgracht", (123, "")),
        ("Keizersgracht 123-2hg", "Keizersgracht", (123, "2hg")),
        ("2e Jan Steenstraat 41 A bis", "2e Jan Steenstraat", (41, "A bis")),
        ("Plein 1944 12", "Plein 1944", (12, "")),
        ("Plein 1944", "Plein 1944", None),
        ("Plein 40-45", "Plein 40-45", None),
        ("Postbus", "Postbus", None),
        ("Laan van Meerdervoort 70b", "Laan van Meerdervoort", (70, "b")),
        ("Lange Nieuwstraat, 12", "Lange Nieuwstraat", (12, "")),
    ],
)
def test_a_street_line_is_split(line: str, street: str, number: tuple[int, str] | None) -> None:
    assert split_street_line(line) == (street, number)


@given(st.one_of(st.text(max_size=60), st.from_regex(r"([A-Za-z0-9' -]{1,9}[ ,]){1,4}", fullmatch=True)))
def test_splitting_a_line_loses_no_letter(line: str) -> None:
    street, number = split_street_line(line)
    assert letters(street + (number.addition if number else "")) == letters(clean_line(line))


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


@pytest.mark.parametrize(
    ("street", "number", "country", "parts"),
    [
        ("Kerkstraat 12", "", "NL", ("Kerkstraat", "12")),
        ("Kerkstraat 12 a", "", "BE", ("Kerkstraat", "12a")),
        ("Kerkstraat 12", "14", "NL", ("Kerkstraat 12", "14")),
        ("Plein 40-45", "", "NL", ("Plein 40-45", "")),
        ("Plein 1940-1945", "", "NL", ("Plein 1940-1945", "")),
        ("Plein 1944 12", "", "NL", ("Plein 1944", "12")),
        ("Route 66", "", "US", ("Route 66", "")),
        ("Kerkstraat 12 ter attentie van de penningmeester", "", "NL", None),
        ("", "", "NL", ("", "")),
    ],
)
def test_a_house_number_in_the_street_is_put_in_its_place(
    street: str, number: str, country: str, parts: tuple[str, str] | None
) -> None:
    assert street_and_number(street, number, country) == (parts or (street, number))
