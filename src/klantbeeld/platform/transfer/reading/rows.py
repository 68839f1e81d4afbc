"""One row of any file, and the stream of them."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.errors import FileRefused


class Row(NamedTuple):
    """`number` is the line (sheet row, record) at which the row starts, from 1.

    With a `problem` the cells are as good as could be made of it, for showing only: don't import them.
    """

    number: int
    cells: list[str]
    problem: str | None = None


class Rows(Iterator[Row]):
    """The rows of a file below its header, one at a time.

    `columns` holds the names in the order of the cells. Reading JSON Lines it grows when a new key is met,
    so later rows can have more cells than earlier ones.
    """

    def __init__(self, columns: list[str], rows: Iterator[Row]) -> None:
        self.columns = columns
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def __next__(self) -> Row:
        return next(self._rows)


def column_names(cells: list[str]) -> list[str]:
    """A name for each cell of a header: spaces tidied, empty ones numbered, repeated ones told apart."""
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, start=1):
        base = " ".join(cell.replace("\0", "").split()) or _("Column {number}").format(number=place)
        name, copy = base, 1
        while name in taken:
            copy += 1
            name = f"{base} ({copy})"
        taken.add(name)
        names.append(name)
    return names


def numbered_names(count: int) -> list[str]:
    """Names for the columns of a file without a header."""
    return column_names([""] * count)


def check_columns(line: int, count: int) -> None:
    """Raises `FileRefused` when a table is too wide to be one."""
    if count > limits.COLUMNS:
        raise FileRefused("too_many_columns", line=line, columns=count, limit=limits.COLUMNS)
