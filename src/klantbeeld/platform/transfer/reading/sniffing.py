"""Finds out how a file is written, before anything is read from it for good."""

from collections import Counter
from itertools import islice
from pathlib import Path

from klantbeeld.platform.kernel.numerals import DecimalStyle
from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.delimited import Records
from klantbeeld.platform.transfer.reading.delimiters import guess_delimiter
from klantbeeld.platform.transfer.reading.dialect import DateStyle, Dialect, Kind
from klantbeeld.platform.transfer.reading.encodings import Scan, guess_encoding, scan
from klantbeeld.platform.transfer.reading.errors import FileRefused, Warning
from klantbeeld.platform.transfer.reading.file_kind import kind_of
from klantbeeld.platform.transfer.reading.header import guess_header
from klantbeeld.platform.transfer.reading.json_lines import read_json_lines
from klantbeeld.platform.transfer.reading.rows import Row
from klantbeeld.platform.transfer.reading.source import Guess, Source
from klantbeeld.platform.transfer.reading.styles import guess_date, guess_decimal
from klantbeeld.platform.transfer.reading.text_lines import Batch, line_batches
from klantbeeld.platform.transfer.reading.workbooks import overview, read_workbook


def sniff(path: Path, filename: str, within: limits.Allowance = limits.AT_WORK) -> Source:
    """How the file at `path`, called `filename` by the person who sent it, is written.

    `within` bounds what opening a workbook may take. Raises `FileRefused` with the reason for everything that is not a
    table: web pages, PDFs, pictures, archives, workbooks with a password, binary and empty files.
    """
    with path.open("rb") as file:
        head = file.read(limits.SAMPLE_BYTES)
    kind = kind_of(path, filename, head)
    if kind.is_workbook:
        return _sniff_workbook(path, kind, within)
    facts = scan(path)
    encoding = guess_encoding(head, facts)
    if kind is Kind.JSONL:
        return _sniff_json_lines(path, encoding)
    return _sniff_delimited(path, encoding, facts)


def first_rows(path: Path, dialect: Dialect) -> list[Row]:
    """The first records of a text file, or rows of a sheet, as they stand, titles and header included: for choosing
    the row of names by hand."""
    if dialect.kind.is_workbook:
        return list(islice(read_workbook(path, dialect.but(header=False, skip=0, columns=())), limits.SAMPLE_ROWS))
    rows = Records(dialect).read(line_batches(path, dialect.encoding))
    return list(islice(rows, limits.SAMPLE_ROWS))


def _sniff_delimited(path: Path, encoding: Guess, facts: Scan) -> Source:
    lines = _sample_lines(path, str(encoding.value))
    if not any(line.strip() for line in lines):
        raise FileRefused("no_rows")
    dialect, guesses = guess_delimiter(lines)
    start = dialect.skip
    sample = Batch(start + 1, lines[start:], False, True)
    records = list(islice(Records(dialect).read(iter([sample])), limits.SAMPLE_ROWS))
    header = guess_header(records)
    skip = int(header.skip.value)
    dialect = dialect.but(encoding=encoding.value, header=header.header.value, skip=min(skip, limits.SKIPPED_ROWS))
    guesses |= {"encoding": encoding, "header": header.header, "skip": header.skip}
    body = [row for row in records if row.number > skip]
    dialect, styles = _with_styles(dialect, body)
    return Source(Kind.CSV, dialect, guesses | styles, warnings=_text_warnings(encoding, facts))


def _sample_lines(path: Path, encoding: str) -> list[str]:
    """Whole lines from the front of a file, about `limits.SAMPLE_BYTES` characters of them."""
    lines: list[str] = []
    total = 0
    for batch in line_batches(path, encoding):
        for line in batch.lines:
            lines.append(line)
            total += len(line)
            if total > limits.SAMPLE_BYTES:
                return lines
    return lines


def _sniff_json_lines(path: Path, encoding: Guess) -> Source:
    dialect = Dialect(kind=Kind.JSONL, encoding=str(encoding.value))
    rows = read_json_lines(path, dialect)
    records = list(islice(rows, limits.SAMPLE_ROWS))
    dialect = dialect.but(columns=tuple(rows.columns))
    dialect, styles = _with_styles(dialect, [row for row in records if row.problem is None])
    return Source(Kind.JSONL, dialect, {"encoding": encoding, **styles})


def _sniff_workbook(path: Path, kind: Kind, within: limits.Allowance) -> Source:
    found = overview(path, within)
    chosen, records = found.chosen, found.head
    dialect = Dialect(kind=kind, sheet=chosen.name)
    header = guess_header(records)
    skip = min(int(header.skip.value), limits.SKIPPED_ROWS)
    dialect = dialect.but(header=header.header.value, skip=skip)
    others = tuple(sheet.name for sheet in found.sheets if sheet.name != chosen.name and sheet.rows)
    guesses = {
        "sheet": Guess(chosen.name, 0.7 if others else 1.0, others),
        "header": header.header,
        "skip": header.skip,
    }
    dialect, styles = _with_styles(dialect, [row for row in records if row.number > skip])
    return Source(kind, dialect, guesses | styles, found.sheets, _rows_at_limit(chosen.rows))


def _with_styles(dialect: Dialect, rows: list[Row]) -> tuple[Dialect, dict[str, Guess]]:
    """The dialect with the file's usual decimal sign and order of dates."""
    values = Counter(cell.strip() for row in rows for cell in row.cells).items()
    likely = DecimalStyle.COMMA if dialect.delimiter == ";" else DecimalStyle.POINT
    decimal = guess_decimal(values, likely) or Guess(
        likely, 0.5, tuple(one for one in DecimalStyle if one is not likely)
    )
    date = guess_date(values) or Guess(DateStyle.YMD, 0.5, (DateStyle.DMY, DateStyle.MDY))
    return dialect.but(decimal=decimal.value, date=date.value), {"decimal": decimal, "date": date}


def _text_warnings(encoding: Guess, facts: Scan) -> tuple[Warning, ...]:
    warnings = _rows_at_limit(facts.line_ends + (not facts.ends_with_line_end))
    if encoding.value == "utf-8" and facts.bad_utf8:
        warnings += (Warning("", "bad_bytes", facts.bad_utf8, params={"encoding": "UTF-8"}),)
    return warnings


def _rows_at_limit(rows: int) -> tuple[Warning, ...]:
    """A warning when a file is exactly as long as a sheet of Excel can be."""
    return (Warning("", "rows_at_limit", rows),) if rows in limits.EXCEL_ROW_LIMITS else ()
