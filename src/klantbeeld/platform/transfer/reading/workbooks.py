"""Rows of a sheet of XLSX, XLS or ODS: opened in a process of its own, so that no workbook can take ours down."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import ngettext

from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.dialect import Dialect
from klantbeeld.platform.transfer.reading.errors import FileRefused
from klantbeeld.platform.transfer.reading.limits import Allowance
from klantbeeld.platform.transfer.reading.rows import Row, Rows, check_columns, column_names, numbered_names

CHILD = Path(__file__).with_name("workbook_child.py")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook. `rows` and `columns` count from A1 to the last cell that holds something."""

    name: str
    rows: int
    columns: int
    visible: bool


@dataclass(frozen=True)
class Overview:
    """The sheets of a workbook in its order, the one that most likely is meant, and the first rows of that."""

    sheets: tuple[Sheet, ...]
    chosen: Sheet
    head: list[Row]


def overview(path: Path, within: Allowance = limits.AT_WORK) -> Overview:
    """What is in a workbook. The first visible sheet with cells is chosen, or any with cells.

    Raises `FileRefused` when it can't be opened or holds nothing.
    """
    check_archive(path)
    with _opened(path, "", within) as answers:
        about = next(answers)
    found = tuple(Sheet(entry["name"], entry["rows"], entry["columns"], entry["visible"]) for entry in about["sheets"])
    chosen = next((sheet for sheet in found if sheet.name == about["chosen"]), None)
    if chosen is None:
        raise FileRefused("empty_workbook")
    check_columns(chosen.rows, chosen.columns)
    return Overview(found, chosen, [Row(number, cells) for number, cells in enumerate(about["head"], 1) if cells])


def read_workbook(path: Path, dialect: Dialect, within: Allowance = limits.AT_WORK) -> Rows:
    """The rows of the dialect's sheet, numbered as in the sheet; rows without any value are left out.

    Dates come as ISO 8601, numbers in up to 15 digits with a decimal point, whatever the cell's format.
    Raises `FileRefused` when the workbook can't be opened, at once or while reading.
    """
    check_archive(path)
    rows = _sheet_rows(path, dialect, within)
    head = next(rows, None)
    if head is None:
        if dialect.header:
            raise FileRefused("no_header", line=dialect.skip + 1)
        return Rows(list(dialect.columns), iter(()))
    check_columns(head.number, len(head.cells))
    names = column_names(_trimmed(head.cells)) if dialect.header else numbered_names(len(head.cells))
    columns = list(dialect.columns) + names[len(dialect.columns) :]
    return Rows(columns, _fitted(rows if dialect.header else _with_first(head, rows), len(columns)))


def check_archive(path: Path) -> None:
    """Raises `FileRefused` for a zip that would unpack to more than we allow; other files pass."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise FileRefused("broken_workbook") from None
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.WORKBOOK_ENTRIES or unpacked > limits.WORKBOOK_UNPACKED_BYTES:
        raise FileRefused("workbook_too_large")


def _sheet_rows(path: Path, dialect: Dialect, within: Allowance) -> Iterator[Row]:
    number = 0
    with _opened(path, dialect.sheet, within) as answers:
        for answer in answers:
            for cells in answer:
                number += 1
                if number > dialect.skip and any(cells):
                    yield Row(number, cells)


@contextmanager
def _opened(path: Path, sheet: str, within: Allowance) -> Iterator[Iterator[Any]]:
    """What the process that opens the workbook has to say; it is ended when the caller has heard enough."""
    command = [sys.executable, "-I", str(CHILD), str(path.resolve()), sheet, str(within.memory), str(within.seconds)]
    with subprocess.Popen(  # noqa: S603 - our own script, and a path that is not interpreted
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            yield _answers(child, sheet)
        finally:
            child.kill()


def _answers(child: "subprocess.Popen[bytes]", sheet: str) -> Iterator[Any]:
    for line in child.stdout or ():
        answer = json.loads(line)
        if isinstance(answer, dict) and "error" in answer:
            if answer["error"] is not None:
                raise FileRefused(answer["error"], sheet=sheet)
            return
        yield answer
    # It ended without a last word: out of memory, out of time, or a fault in the parser.
    raise FileRefused("workbook_too_large")


def _trimmed(cells: list[str]) -> list[str]:
    """A header without the empty cells at its end."""
    width = len(cells)
    while width > 1 and not cells[width - 1].strip():
        width -= 1
    return cells[:width]


def _with_first(first: Row, rows: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rows


def _fitted(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Rows of exactly `width` cells; values beyond the header are a problem, since no column is theirs."""
    for row in rows:
        cells = row.cells
        if len(cells) == width:
            yield row
        elif len(cells) < width:
            yield Row(row.number, cells + [""] * (width - len(cells)))
        elif any(cells[width:]):
            yield Row(row.number, cells, _beyond_header(sum(map(bool, islice(cells, width, None)))))
        else:
            yield Row(row.number, cells[:width])


def _beyond_header(count: int) -> str:
    """The problem of a row with values right of the last named column."""
    text = ngettext(
        "{count} cell stands right of the last column with a name.",
        "{count} cells stand right of the last column with a name.",
        count,
    )
    return text.format(count=count)
