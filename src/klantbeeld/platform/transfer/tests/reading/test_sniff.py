import json
from pathlib import Path

import pytest

from klantbeeld.platform.transfer.reading import (
    DateStyle,
    DecimalStyle,
    Dialect,
    Escape,
    FileRefused,
    Kind,
    read,
    sniff,
)
from klantbeeld.platform.transfer.tests.reading.conftest import Write

TABLE = "name;amount;date\nJosé;1.234,50;31-12-2024\nAnna;2,00;1-2-2024\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32-le", "utf-32-le"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_the_encoding_is_found_and_the_names_are_right(write: Write, encoding: str, found: str) -> None:
    path = write((TABLE + "Zoë;3,00;2-2-2024\nFrançois;4,00;3-2-2024\n").encode(encoding))
    dialect = sniff(path, "x.csv").dialect
    assert dialect.encoding == found
    assert [row.cells[0] for row in read(path, dialect)] == ["José", "Anna", "Zoë", "François"]


def test_a_euro_sign_tells_latin_9_from_windows(write: Write) -> None:
    path = write("naam,prijs\nJosé,€ 3\nZoë,€ 4\n".encode("iso-8859-15"))
    assert sniff(path, "x.csv").dialect.encoding == "iso-8859-15"


def test_greek_is_not_taken_for_western_letters(write: Write) -> None:
    text = "όνομα,πόλη\nΓιώργος Παπαδόπουλος,Αθήνα\nΜαρία Νικολάου,Θεσσαλονίκη\nΕλένη Γεωργίου,Πάτρα\n"
    assert sniff(write(text.encode("cp1253")), "x.csv").dialect.encoding == "cp1253"


def test_styles_of_numbers_and_dates_are_found(write: Write) -> None:
    dialect = sniff(write(TABLE), "x.csv").dialect
    assert (dialect.delimiter, dialect.decimal, dialect.date) == (";", DecimalStyle.COMMA, DateStyle.DMY)


def test_dates_that_could_be_either_are_said_to_be_ambiguous(write: Write) -> None:
    guess = sniff(write("name,date\nx,1/2/2024\ny,3/4/2024\n"), "x.csv").guesses["date"]
    assert (guess.value, guess.is_ambiguous, guess.alternatives) == (DateStyle.DMY, True, (DateStyle.MDY,))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n3,4\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\nJansen, Piet\t2\nVries, An de\t4\n", "\t"),
        ("a|b|c\n1|2|3\n4|5|6\n", "|"),
        ("a^b^c\n1^2^3\n4^5^6\n", "^"),
        ("a\x1fb\n1\x1f2\n3\x1f4\n", "\x1f"),
        ("name\nJansen\nDe Vries\nvan der Velden\n", ""),
        ('name,note\nx,"a;b;c"\ny,"d;e;f"\n', ","),
        ("sep=^\nname^note\nx^y,z\n", "^"),
        ("when,what\n10:30:00,x\n11:45:10,y\n", ","),
        ("link,n\nhttps://example.nl/a/b,1\nhttps://example.nl/c/d,2\n", ","),
    ],
)
def test_the_separator_is_found(write: Write, text: str, delimiter: str) -> None:
    assert sniff(write(text), "x.csv").dialect.delimiter == delimiter


def test_excel_names_its_separator_itself_and_that_line_is_no_data(write: Write) -> None:
    path = write("sep=;\nname;age\nBob;3\n")
    dialect = sniff(path, "x.csv").dialect
    assert (dialect.skip, [row.cells for row in read(path, dialect)]) == (1, [["Bob", "3"]])


def test_single_quotes_are_found(write: Write) -> None:
    path = write("'a','b'\n'1','x,y'\n'2','z'\n")
    dialect = sniff(path, "x.csv").dialect
    assert dialect.quote == "'"
    assert [row.cells for row in read(path, dialect)] == [["1", "x,y"], ["2", "z"]]


def test_backslashes_before_quotes_are_found(write: Write) -> None:
    path = write('id,text\n1,"say \\"hi\\", Bob"\n2,"plain"\n3,"a \\"b\\" c"\n')
    dialect = sniff(path, "x.csv").dialect
    assert dialect.escape is Escape.BACKSLASH
    assert next(read(path, dialect)).cells == ["1", 'say "hi", Bob']


def test_quotes_that_only_open_mean_nothing(write: Write) -> None:
    path = write('id\ttext\n1\t"Quoted start\n2\tplain\n3\t"another\n4\tx\n')
    dialect = sniff(path, "x.tsv").dialect
    assert dialect.quote == ""
    assert [row.cells[1] for row in read(path, dialect)] == ['"Quoted start', "plain", '"another', "x"]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("name,email\nBob,bob@example.nl\n", True),
        ("Bob,bob@example.nl\nAlice,alice@example.nl\n", False),
        ("1,2,3\n4,5,6\n", False),
        ("Year,2000,2001\nTimber,2.5,3.1\nSteel,1.5,2.2\n", True),
        ("city,country\nEde,NL\nGent,BE\n", True),
        ("NL,Ede\nNL,Utrecht\nBE,Gent\n", False),
    ],
)
def test_a_header_is_told_from_a_row(write: Write, text: str, header: bool) -> None:
    assert sniff(write(text), "x.csv").dialect.header is header


def test_a_sheet_that_is_exactly_full_was_probably_cut(write: Write) -> None:
    source = sniff(write("a,b\n" + "1,2\n" * 65_535), "x.csv")
    assert [warning.code for warning in source.warnings] == ["rows_at_limit"]
    assert sniff(write("a,b\n" + "1,2\n" * 65_534), "x.csv").warnings == ()


def test_damaged_utf_8_stays_utf_8_and_is_said(write: Write) -> None:
    source = sniff(write(("name,n\n" + "José,1\n" * 2000).encode() + b"Jos\xe9,2\n"), "x.csv")
    assert source.dialect.encoding == "utf-8"
    assert [warning.code for warning in source.warnings] == ["bad_bytes"]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "x.csv", "empty"),
        (b"\n\r\n  \n", "x.csv", "no_rows"),
        (b"\xef\xbb\xbf", "x.csv", "no_rows"),
        (b"<html><table><tr><td>1", "x.xls", "html"),
        ("\ufeff<!DOCTYPE html>".encode("utf-16-le"), "x.csv", "html"),
        (b'<?xml version="1.0"?><Workbook/>', "x.xls", "xml"),
        (b"%PDF-1.7", "x.csv", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "x.csv", "image"),
        (b"\x1f\x8b\x08", "x.csv.gz", "compressed"),
        (b"{\\rtf1", "x.csv", "rtf"),
        (b"PK\x03\x04broken", "x.xlsx", "zip"),
        (b"SQLite format 3\x00", "x.db", "binary"),
        (bytes(range(256)) * 20, "x.csv", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.doc", "document"),
        (b'[{"a": 1}]', "x.json", "json_array"),
        (b'{\n  "a": 1\n}', "x.json", "json_object"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(write: Write, content: bytes, name: str, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        sniff(write(content), name)
    assert refused.value.reason == reason


def test_a_text_table_with_the_name_of_a_workbook_is_read_as_what_it_is(write: Write) -> None:
    assert sniff(write("a\tb\n1\t2\n"), "export.xls").kind is Kind.CSV


def test_a_dialect_is_stored_and_read_back(write: Write) -> None:
    dialect = sniff(write(TABLE), "x.csv").dialect.but(columns=("a", "b", "c"))
    assert Dialect.from_json(json.loads(json.dumps(dialect.to_json()))) == dialect


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("delimiter", ",,"),
        ("delimiter", "\n"),
        ("delimiter", '"'),
        ("quote", "\\"),
        ("encoding", "hex"),
        ("encoding", "nonsense"),
        ("skip", -1),
        ("skip", True),
        ("header", "yes"),
        ("decimal", "dot"),
        ("kind", 3),
        ("columns", "abc"),
        ("colour", "red"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(setting: str, value: object) -> None:
    with pytest.raises(FileRefused, match=setting):
        Dialect.from_json({setting: value})


def test_everything_guessed_can_be_corrected(write: Write) -> None:
    path: Path = write("a;b\n1;2\n")
    dialect = sniff(path, "x.csv").dialect.but(delimiter=",", header=False)
    assert [row.cells for row in read(path, dialect)] == [["a;b"], ["1;2"]]
