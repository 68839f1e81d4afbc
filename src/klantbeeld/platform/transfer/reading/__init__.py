"""Reads table files: finds out how they are written, hands over their rows as text, says what was damaged."""

from pathlib import Path

from klantbeeld.platform.kernel.numerals import DecimalStyle
from klantbeeld.platform.transfer.reading.column_kinds import ColumnKind
from klantbeeld.platform.transfer.reading.delimited import read_delimited
from klantbeeld.platform.transfer.reading.dialect import DateStyle, Dialect, Escape, Kind
from klantbeeld.platform.transfer.reading.errors import CannotRead, FileRefused, Warning
from klantbeeld.platform.transfer.reading.json_lines import read_json_lines
from klantbeeld.platform.transfer.reading.limits import AT_WORK, IN_REQUEST, Allowance
from klantbeeld.platform.transfer.reading.profiling import ColumnProfile, profile
from klantbeeld.platform.transfer.reading.rows import Row, Rows
from klantbeeld.platform.transfer.reading.sniffing import first_rows, sniff
from klantbeeld.platform.transfer.reading.source import Guess, Source
from klantbeeld.platform.transfer.reading.workbooks import Sheet, read_workbook

__all__ = [
    "IN_REQUEST",
    "Allowance",
    "CannotRead",
    "ColumnKind",
    "ColumnProfile",
    "DateStyle",
    "DecimalStyle",
    "Dialect",
    "Escape",
    "FileRefused",
    "Guess",
    "Kind",
    "Row",
    "Rows",
    "Sheet",
    "Source",
    "Warning",
    "first_rows",
    "profile",
    "read",
    "sniff",
]


def read(path: Path, dialect: Dialect, within: Allowance = AT_WORK) -> Rows:
    """The rows of the file below its header, one at a time and with flat memory.

    `within` bounds what opening a workbook may take. Raises `FileRefused` at once when the file can't be read this way,
    and while reading for what shows up later.
    """
    if dialect.kind is Kind.JSONL:
        return read_json_lines(path, dialect)
    if dialect.kind.is_workbook:
        return read_workbook(path, dialect, within)
    return read_delimited(path, dialect)
