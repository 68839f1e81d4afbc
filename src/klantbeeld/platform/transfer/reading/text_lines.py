"""Text files in batches of whole lines: flat memory, true line numbers, bytes that can't be decoded marked."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.errors import FileRefused

BYTE_ORDER_MARK = "\ufeff"
MARK_UNDECODABLE = "klantbeeld.mark"
"""Name of the codec error handler that puts `UNDECODABLE` in the place of bytes."""
UNDECODABLE = "\udcff"
"""Stands where bytes could not be decoded. A lone surrogate: no file can hold it as text."""


def _mark(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return UNDECODABLE, error.end
    raise error


codecs.register_error(MARK_UNDECODABLE, _mark)


class Batch(NamedTuple):
    """Consecutive lines with their line ends. `first` is the number of the first one, from 1.

    `marked` says that the text holds something that needs a closer look: NUL, undecodable bytes, a byte order mark.
    """

    first: int
    lines: list[str]
    marked: bool
    last: bool


def line_batches(path: Path, encoding: str, skip: int = 0) -> Iterator[Batch]:
    """The lines of a file after the first `skip`, in batches of about `limits.BLOCK_CHARACTERS`.

    Lines end at LF, CR or CR LF, mixed if need be. Raises `FileRefused` for a line without end, or when the
    encoding doesn't fit at all.
    """
    first = 1
    for text, last in _blocks(path, encoding):
        lines = io.StringIO(text, newline="").readlines()
        if first == 1 and lines:
            lines[0] = lines[0].removeprefix(BYTE_ORDER_MARK)
        drop = min(max(skip - first + 1, 0), len(lines))
        marked = not text.isascii() and (UNDECODABLE in text or BYTE_ORDER_MARK in text)
        yield Batch(first + drop, lines[drop:], marked or "\0" in text, last)
        first += len(lines)


def _blocks(path: Path, encoding: str) -> Iterator[tuple[str, bool]]:
    """Pieces of text that end where a line ends; the flag is true for the last one."""
    rest, line = "", 1
    with path.open(encoding=encoding, errors=MARK_UNDECODABLE, newline="") as file:
        while block := _read(file, encoding):
            rest += block
            # A CR at the very end may be the first half of a CR LF.
            cut = max(rest.rfind("\n"), rest.rfind("\r", 0, -1)) + 1
            if cut:
                yield rest[:cut], False
                line += block.count("\n") or block.count("\r")
                rest = rest[cut:]
            if len(rest) > limits.LINE_CHARACTERS:
                raise FileRefused("line_too_long", line=line, limit=limits.LINE_CHARACTERS)
    yield rest, True


def _read(file: TextIO, encoding: str) -> str:
    try:
        return file.read(limits.BLOCK_CHARACTERS)
    except UnicodeError:
        raise FileRefused("encoding", encoding=encoding) from None
