"""Rows of CSV and its relatives, by the csv module in strict mode; what it stumbles over becomes a problem of one row.

A quote that is never closed must not swallow the file: the line it opened at is reported, and reading goes on below it.
"""

import csv
import re
from collections import Counter
from collections.abc import Generator, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.dialect import Dialect, Escape
from klantbeeld.platform.transfer.reading.errors import FileRefused
from klantbeeld.platform.transfer.reading.rows import Row, Rows, check_columns, column_names, numbered_names
from klantbeeld.platform.transfer.reading.text_lines import BYTE_ORDER_MARK, UNDECODABLE, Batch, line_batches

NO_DELIMITER = "\U0010ffff"
"""A noncharacter, given to the csv module for files of one column."""

WIDTH_ROWS = 50
"""Rows that decide how wide a file without a header is."""


def csv_format(dialect: Dialect) -> dict[str, Any]:
    """The arguments of `csv.reader` that a dialect stands for."""
    return {
        "delimiter": dialect.delimiter or NO_DELIMITER,
        "quotechar": dialect.quote or None,
        "quoting": csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        "escapechar": "\\" if dialect.escape is Escape.BACKSLASH else None,
        "doublequote": True,
        "skipinitialspace": dialect.skip_space,
        "strict": True,
    }


def read_delimited(path: Path, dialect: Dialect) -> Rows:
    """The rows of a text file with one record a line (or more, in quotes).

    Raises `FileRefused` when there is no header where the dialect says, the table is far too wide, or the encoding
    doesn't fit at all.
    """
    records = Records(dialect)
    rows = records.read(line_batches(path, dialect.encoding, dialect.skip))
    if dialect.header:
        header = next((row for row in rows if any(map(str.strip, row.cells))), None)
        if header is None:
            raise FileRefused("no_header", line=dialect.skip + 1)
        names = column_names(header.cells)
        check_columns(header.number, len(names))
    else:
        ahead = list(islice(rows, WIDTH_ROWS))
        widths = Counter(len(row.cells) for row in ahead if row.problem is None)
        names = numbered_names(widths.most_common(1)[0][0] if widths else 1)
    columns = list(dialect.columns) + names[len(dialect.columns) :]
    records.width = len(columns)
    if not dialect.header:
        rows = chain(_examined(records, ahead), rows)
    return Rows(columns, rows)


def _examined(records: "Records", rows: list[Row]) -> Iterator[Row]:
    """Rows that were read before the width of the table was known, with what is wrong with their width."""
    for row in rows:
        checked = row if row.problem else records.examined(row.number, row.cells, False)
        if checked is not None:
            yield checked


class Records:
    """Turns lines into rows. `width` is the number of cells a row must have; None while it isn't known yet."""

    def __init__(self, dialect: Dialect, width: int | None = None) -> None:
        self.width = width
        self.dialect = dialect
        self._format = csv_format(dialect)
        self._null = None
        if dialect.escape is Escape.BACKSLASH and dialect.delimiter:
            sign = re.escape(dialect.delimiter)
            self._null = re.compile(rf"(?:^|(?<={sign}))\\N(?={sign}|[\r\n]|$)")

    def read(self, batches: Iterator[Batch]) -> Iterator[Row]:
        """The rows of all batches, numbered by the line they start at."""
        pending: list[str] = []
        for batch in batches:
            lines = batch.lines
            if self._null is not None:
                # \N is NULL in dumps of databases; the csv module would read the letter N.
                lines = [self._null.sub("", line) if "\\N" in line else line for line in lines]
            whole = Batch(batch.first - len(pending), pending + lines, batch.marked or bool(pending), batch.last)
            pending = yield from self._rows(whole)

    def _rows(self, batch: Batch) -> Generator[Row, None, list[str]]:
        """The rows of one batch; returns the lines of a record that goes on in the next one."""
        first, lines, marked, last = batch
        new, at = tuple.__new__, 0
        while at < len(lines):
            base = at
            reader = csv.reader(islice(lines, base, None), **self._format)
            try:
                for cells in reader:
                    if len(cells) == self.width and not marked:
                        yield new(Row, (first + at, cells, None))
                    elif (row := self.examined(first + at, cells, marked)) is not None:
                        yield row
                    at = base + reader.line_num
            except csv.Error as error:
                end, unfinished = base + reader.line_num, str(error) == "unexpected end of data"
                if unfinished and not last and sum(map(len, lines[at:])) < limits.LINE_CHARACTERS:
                    return lines[at:]
                row, at = self._broken(first, lines, at, end, unfinished or str(error).startswith("field larger"))
                yield row
        return []

    def examined(self, number: int, cells: list[str], marked: bool) -> Row | None:
        """The row with what is wrong with it, or None for a blank line."""
        if not cells or (len(cells) == 1 and self.width not in (None, 1) and not cells[0].strip()):
            return None
        if marked and (row := _marked_row(number, cells, self.dialect.encoding)) is not None:
            return row
        width = self.width
        if width is None or len(cells) == width:
            return Row(number, cells)
        if len(cells) > width:
            if not any(cells[width:]):
                return Row(number, cells[:width])
            check_columns(number, len(cells))
        problem = ngettext(
            "The row has {count} cell, the table has {columns} columns.",
            "The row has {count} cells, the table has {columns} columns.",
            len(cells),
        )
        return Row(number, cells, problem.format(count=len(cells), columns=width))

    def _broken(self, first: int, lines: list[str], at: int, end: int, endless: bool) -> tuple[Row, int]:
        """A row for the record that starts at `at` and broke off before `end`, and where to go on."""
        opened = first + at + _opening(lines[at:end], self.dialect)
        if end - at == 1 and endless and len(lines[at]) > limits.CELL_CHARACTERS:
            problem = _("A cell is longer than {limit} characters.").format(limit=limits.CELL_CHARACTERS)
            return Row(first + at, self._split(lines[at : at + 1]), problem), end
        if endless or (end - at > 1 and self._stand_alone(lines[at + 1 : end - 1])):
            problem = _("A quote opens at line {line} and is never closed.").format(line=opened)
            return Row(first + at, self._split(lines[at : at + 1]), problem), at + 1
        problem = _("There is text after a closing quote. A quote inside quotes must be doubled.")
        return Row(first + at, self._split(lines[at:end]), problem), end

    def _stand_alone(self, lines: list[str]) -> bool:
        """Whether each of these lines is a good row by itself, so that none belongs into a quoted cell above."""
        for line in lines:
            try:
                if len(next(csv.reader([line], **self._format))) != self.width:
                    return False
            except csv.Error:
                return False
        return True

    def _split(self, lines: list[str]) -> list[str]:
        text = "".join(lines).rstrip("\r\n")[: limits.CELL_CHARACTERS]
        cells = text.split(self.dialect.delimiter or NO_DELIMITER, limits.COLUMNS)
        return [_shown(cell) for cell in cells]


def _marked_row(number: int, cells: list[str], encoding: str) -> Row | None:
    """A row with the problem that its characters have, if any of them has one."""
    text = "".join(cells)
    if UNDECODABLE in text:
        problem = _("The row holds bytes that are not valid {encoding}.").format(encoding=encoding)
    elif "\0" in text:
        problem = _("The row holds NUL characters, which text can't have.")
    elif cells[0].startswith(BYTE_ORDER_MARK):
        problem = _("A second file seems to begin here: there is a byte order mark in the middle of the file.")
    else:
        return None
    return Row(number, [_shown(cell) for cell in cells], problem)


def _shown(cell: str) -> str:
    """The cell with what can't be stored or seen replaced by visible signs."""
    return cell.replace("\0", "\u2400").replace(UNDECODABLE, "\ufffd").removeprefix(BYTE_ORDER_MARK)


def _opening(lines: list[str], dialect: Dialect) -> int:
    """The index of the line at which the quote opens that is still open at the end."""
    quote = dialect.quote
    is_open, opened = False, 0
    for index, line in enumerate(lines if quote else ()):
        escaped = "\\" + quote if dialect.escape is Escape.BACKSLASH else quote * 2
        quotes = line.replace(escaped, "").count(quote)
        is_open ^= quotes % 2 == 1
        if is_open and quotes:
            opened = index
    return opened
