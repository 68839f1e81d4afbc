"""Whatever the csv module, a spreadsheet or a JSON encoder writes comes back as it was."""

import csv
import io
import json
from pathlib import Path

import orjson
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.platform.transfer.reading import Dialect, Escape, Kind, read, sniff

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=12)
TRICKY = st.text(st.sampled_from("a\"',;\t|\\\r\n \x0b\x85\u2028é"), max_size=8)
CELL = st.one_of(TEXT, TRICKY)
WORD = st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=6)

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def tables(cell: st.SearchStrategy[str], most_columns: int = 5) -> st.SearchStrategy[list[list[str]]]:
    return st.integers(1, most_columns).flatmap(
        lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=8)
    )


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    delimiter = draw(st.sampled_from(",;\t|^~:#\x1f§"))
    escape = draw(st.sampled_from(Escape))
    return Dialect(delimiter=delimiter, quote=draw(st.sampled_from("\"'")), escape=escape, header=False)


def written(table: list[list[str]], dialect: Dialect, line_end: str, everything_quoted: bool) -> bytes:
    text = io.StringIO(newline="")
    backslash = dialect.escape is Escape.BACKSLASH
    csv.writer(
        text,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        quoting=csv.QUOTE_ALL if everything_quoted or backslash else csv.QUOTE_MINIMAL,
        doublequote=not backslash,
        escapechar="\\" if backslash else None,
        lineterminator=line_end,
    ).writerows(table)
    return text.getvalue().encode()


@given(table=tables(CELL), dialect=dialects(), end=st.sampled_from(["\n", "\r\n", "\r"]), quoted=st.booleans())
@quick
def test_what_the_csv_module_wrote_reads_back_equal(
    tmp_path: Path, table: list[list[str]], dialect: Dialect, end: str, quoted: bool
) -> None:
    # The csv module of Python 3.11 leaves the line end that it was not told about without quotes.
    path = tmp_path / "table.csv"
    path.write_bytes(written(table, dialect, end, quoted or len(table[0]) == 1 or end != "\r\n"))
    found = list(read(path, dialect.but(columns=tuple(f"c{place}" for place in range(len(table[0]))))))
    assert [row.cells for row in found] == table
    assert not [row.problem for row in found if row.problem]


@given(
    body=st.lists(st.tuples(WORD, st.integers(0, 9999), WORD, st.dates()), min_size=3, max_size=30),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]),
)
@quick
def test_an_ordinary_table_is_guessed_right(
    tmp_path: Path, body: list[tuple[object, ...]], delimiter: str, encoding: str
) -> None:
    table = [["name", "amount", "city", "date"], *([str(cell) for cell in row] for row in body)]
    path = tmp_path / "table.csv"
    path.write_bytes(written(table, Dialect(delimiter=delimiter), "\r\n", False).decode().encode(encoding))
    source = sniff(path, "table.csv")
    found = read(path, source.dialect)
    assert found.columns == table[0]
    assert [row.cells for row in found] == table[1:]


SCALAR = st.one_of(TEXT, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False))


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), SCALAR, min_size=1), min_size=1, max_size=8))
@quick
def test_json_lines_read_back_equal(tmp_path: Path, records: list[dict[str, object]]) -> None:
    path = tmp_path / "table.jsonl"
    path.write_bytes(b"".join(json.dumps(record).encode() + b"\n" for record in records))
    found = read(path, Dialect(kind=Kind.JSONL))
    for row, record in zip(found, records, strict=True):
        assert row.problem is None
        shown = dict(zip(found.columns, row.cells, strict=False))
        for key, value in record.items():
            assert shown[key] == (value if isinstance(value, str) else "" if value is None else json.dumps(value))
        assert not [cell for key, cell in shown.items() if key not in record and cell]


@given(st.binary(max_size=300))
@quick
def test_no_bytes_make_it_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    for dialect in (Dialect(header=False), Dialect(kind=Kind.JSONL), Dialect(encoding="utf-16-le", header=False)):
        for row in read(path, dialect):
            orjson.dumps([row.number, row.cells, row.problem])


def test_a_workbook_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Klanten")
        for number, cells in enumerate([["name", "code"], ["José", "007"], [" =1+1", "1e5"], ["", "x\ny"]]):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell)
    found = read(path, sniff(path, "table.xlsx").dialect)
    assert found.columns == ["name", "code"]
    assert [row.cells for row in found] == [["José", "007"], [" =1+1", "1e5"], ["", "x\ny"]]
