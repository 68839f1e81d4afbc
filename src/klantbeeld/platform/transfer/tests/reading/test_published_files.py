"""Collections of troublesome files that others published: each one is right, or refused with its reason."""

import csv
import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from klantbeeld.platform.transfer.reading import Dialect, Escape, FileRefused, Kind, profile, read, sniff


@pytest.mark.parametrize(
    "name",
    [
        "comma_in_quotes",
        "empty",
        "empty_crlf",
        "escaped_quotes",
        "json",
        "newlines",
        "newlines_crlf",
        "quotes_and_newlines",
        "simple",
        "simple_crlf",
        "utf8",
    ],
)
def test_the_csv_spectrum_gives_the_records_it_means(spectrum: Path, name: str) -> None:
    path = spectrum / "csvs" / f"{name}.csv"
    rows = read(path, sniff(path, path.name).dialect)
    assert [dict(zip(rows.columns, row.cells, strict=True)) for row in rows] == json.loads(
        (spectrum / "json" / f"{name}.json").read_text("utf-8")
    )


def test_lost_degree_signs_are_kept_and_said(spectrum: Path) -> None:
    # The record that comes with this one has another phone number than the file, so it is checked by hand.
    path = spectrum / "csvs" / "location_coordinates.csv"
    dialect = sniff(path, path.name).dialect
    assert [row.cells for row in read(path, dialect)] == [
        ["2095257564", "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto", "Stanislaus"]
    ]
    assert [warning.code for warning in profile(read(path, dialect))[1].warnings] == ["lost_characters"]


class Expected(NamedTuple):
    """What a file of the horror collection must give: its first column names, rows, problems, one cell for sure."""

    file: str
    encoding: str
    delimiter: str
    skip: int
    columns: int
    rows: int
    problems: int
    row: int
    cells: list[str]


HORROR = [
    Expected("211.csv", "mac_roman", ",", 0, 96, 2132, 0, 2, ["373463", "", ""]),
    Expected("begrotingsanalyse-2011.csv", "utf-8", ",", 4, 20, 38, 0, 6, ["", "", "Groningen", "Friesland"]),
    Expected(
        "characters.csv", "big5", ",", 0, 18, 382, 0, 2, ["v_1", "C1_395000000A_000001", "雲嘉南濱海國家風景區管理處"]
    ),
    Expected("complex.csv", "utf-8", ",", 0, 4, 3, 0, 4, ["2011-01-03", "", "6,000,000", "Galway"]),
    Expected("example.tsv", "utf-8", "\t", 0, 17, 140, 0, 2, ["2012-06-22 00:00:00", "15955", "144"]),
    Expected("excel_pasting.csv", "utf-8", ",", 3, 9, 17, 0, 5, ["Timber", "2,666", "2,274"]),
    Expected("long.csv", "utf-8", "", 0, 1, 4000, 0, 1, ["foo"]),
    Expected("mixedGLB.csv", "utf-8", ",", 3, 19, 133, 0, 5, ["1880", "-43", "-27"]),
    Expected("null.csv", "utf-8", ",", 0, 4, 10, 0, 3, ["3", "null", "", ""]),
    Expected("simple.csv", "utf-8", ",", 0, 3, 6, 0, 3, ["2011-01-02", "-1", "Galway"]),
    Expected("simple.psv", "utf-8", "|", 0, 6, 28, 0, 2, ["1986", "44000", "35000"]),
    Expected("simple.ssv", "utf-8", ";", 0, 3, 6, 0, 3, ["2011-01-02", "-1", "Galway"]),
    Expected("skip_initials.csv", "utf-8", ",", 0, 2, 2, 0, 2, ["hello", "    goodbye"]),
    Expected("spanish_chars.csv", "cp1252", ",", 0, 8, 116, 0, 2, ["1", "", "", "Gobierno", "", "", "229,932.50"]),
    Expected(
        "sparse_with_column_errors.csv", "cp1252", ",", 0, 4, 2237, 0, 4, ["A100", "Grundfinanzierung MPG", "300368540"]
    ),
    Expected("utf-16le_encoded.csv", "utf-16", ",", 0, 19, 327, 0, 2, ["5C1", "Enfield PCT"]),
    Expected("weird_head_padding.csv", "utf-8", ";", 11, 11, 76, 16, 14, ["      Gefäßchirurgie", ".", "379"]),
]


@pytest.mark.parametrize("expected", HORROR, ids=lambda expected: expected.file)
def test_text_files_of_the_horror_collection_are_read_right(horror: Path, expected: Expected) -> None:
    path = horror / expected.file
    dialect = sniff(path, path.name).dialect
    assert (dialect.encoding, dialect.delimiter, dialect.skip) == (
        expected.encoding,
        expected.delimiter,
        expected.skip,
    )
    rows = read(path, dialect)
    found = list(rows)
    assert (len(rows.columns), len(found)) == (expected.columns, expected.rows)
    assert len([row for row in found if row.problem]) == expected.problems
    cells = next(row.cells for row in found if row.number == expected.row)
    assert cells[: len(expected.cells)] == expected.cells


WORKBOOKS = [
    ("blank_line.ods", ["Name", "Age", "When"], 3, 5, ["Ian", "34", "2015-11-11"]),
    ("excel_properties.xls", ["bold"], 17, 2, ["italic"]),
    (
        "large.ods",
        ["Financial Year", "Financial Quarter", "Force Name"],
        23760,
        3,
        ["2007/08", "1", "Avon & Somerset", "105A", "2076"],
    ),
    ("loffice-4.4.1.2.ods", ["Name", "Age", "When"], 3, 2, ["Bob", "20", "2010-10-10"]),
    ("multilineods.ods", ["Column 1"], 1, 1, ["1\n2\n3\n4"]),
    ("ods_formats.ods", ["Date", "Time", "Boolean", "Float"], 5, 2, ["2014-11-11", "11:12:12", "true", "11.11", "1"]),
    ("simple.ods", ["Name", "Age", "When"], 3, 2, ["Bob", "20", "2010-10-10"]),
    ("simple.xls", ["date", "temperature", "place"], 6, 3, ["2011-01-02", "-1", "Galway"]),
    ("simple.xlsx", ["date", "temperature", "place"], 6, 3, ["2011-01-02", "-1", "Galway"]),
    ("span_rich.xls", ["I", "h", "g", "f"], 5, 2, ["j", "MERGE", "", "e"]),
    ("sw_gen.xlsx", ["id_str", "tweet_url"], 15, 2, ["474939423470395392"]),
    ("large.xlsx", ["Column 1", "Column 2", "'A'"], 30, 5, ["SERIES", "", "ALL\nBONDS\nISSUED"]),
    ("bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm", ["Column 1", "Data item"], 13, 48, ["", "PCT_LA_code"]),
]


@pytest.mark.parametrize(("file", "columns", "count", "number", "cells"), WORKBOOKS, ids=lambda value: str(value)[:24])
def test_workbooks_of_the_horror_collection_are_read_right(
    horror: Path, file: str, columns: list[str], count: int, number: int, cells: list[str]
) -> None:
    path = horror / file
    rows = read(path, sniff(path, file).dialect)
    found = list(rows)
    assert rows.columns[: len(columns)] == columns
    assert len(found) == count
    assert not [row for row in found if row.problem]
    assert next(row.cells for row in found if row.number == number)[: len(cells)] == cells


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("badcolspan.html", "html"),
        ("complex.html", "html"),
        ("html.html", "html"),
        ("invisible_text.html", "html"),
        ("rowcolspan.html", "html"),
        ("encrypted_no_password.xls", "encrypted"),
        ("libreoffice.xlsx", "empty_workbook"),
        ("simple.unknown", "empty"),
        ("simple.zip", "zip"),
    ],
)
def test_the_rest_of_the_horror_collection_is_refused_with_its_reason(horror: Path, file: str, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        sniff(horror / file, file)
    assert refused.value.reason == reason
    assert "{" not in str(refused.value)


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("small.csv", ["a"]),
        ("utf8bom.csv", ["kitten", "win"]),
        ("unicode_sheet_name.xls", ["this spreadsheet has got a unicode character in the sheet name"]),
    ],
)
def test_a_single_line_is_taken_as_a_header_but_not_surely(horror: Path, file: str, columns: list[str]) -> None:
    source = sniff(horror / file, file)
    assert source.guesses["header"].is_ambiguous
    assert read(horror / file, source.dialect).columns == columns
    assert [row.cells for row in read(horror / file, source.dialect.but(header=False))] == [columns]


def test_no_file_of_the_horror_collection_is_left_out(horror: Path) -> None:
    named = set(re.findall(r'"([\w.\-]+\.(?:\w{3,7}))"', Path(__file__).read_text("utf-8")))
    assert {path.name for path in horror.iterdir()} - named == {"README.md"}


def test_garbled_letters_of_a_real_file_are_noticed(horror: Path) -> None:
    path = horror / "211.csv"
    columns = profile(read(path, sniff(path, path.name).dialect))
    garbled = {column.name: warning for column in columns for warning in column.warnings if warning.code == "mojibake"}
    assert any("â€™" in example for warning in garbled.values() for example in warning.examples)


@pytest.mark.parametrize("escape", list(Escape))
@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-16"), ("\t", "utf-8-sig")])
def test_naughty_strings_come_through_unchanged(
    naughty: Path, tmp_path: Path, escape: Escape, delimiter: str, encoding: str
) -> None:
    strings = json.loads((naughty / "blns.json").read_text("utf-8"))
    path = tmp_path / "naughty.csv"
    backslash = escape is Escape.BACKSLASH
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(
            file,
            delimiter=delimiter,
            quoting=csv.QUOTE_ALL,
            doublequote=not backslash,
            escapechar="\\" if backslash else None,
        )
        writer.writerow(["number", "text"])
        writer.writerows([number, text] for number, text in enumerate(strings))
    dialect = Dialect(encoding=encoding, delimiter=delimiter, escape=escape)
    rows = list(read(path, dialect))
    assert [row.cells for row in rows] == [[str(number), text] for number, text in enumerate(strings)]
    assert not [row.problem for row in rows if row.problem]


def test_naughty_strings_come_through_json_lines_unchanged(naughty: Path, tmp_path: Path) -> None:
    strings = json.loads((naughty / "blns.json").read_text("utf-8"))
    path = tmp_path / "naughty.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in strings), "utf-8")
    source = sniff(path, path.name)
    assert source.kind is Kind.JSONL
    assert [(row.cells, row.problem) for row in read(path, source.dialect)] == [([text], None) for text in strings]


@pytest.mark.parametrize("file", ["blns.txt", "blns.base64.txt"])
def test_a_list_of_naughty_strings_is_one_column_line_by_line(naughty: Path, file: str) -> None:
    path = naughty / file
    lines = [line for line in path.read_bytes().decode().split("\n") if line]
    found = list(read(path, sniff(path, file).dialect))
    assert len(found) == len(lines)
    assert [row.cells[0] for row in found if not row.problem] == [
        line for line in lines if not line.startswith("\ufeff")
    ]


@pytest.mark.parametrize("file", ["blns.json", "blns.base64.json"])
def test_a_json_document_is_refused_and_the_way_out_is_said(naughty: Path, file: str) -> None:
    with pytest.raises(FileRefused, match="Write it as JSON Lines"):
        sniff(naughty / file, file)
