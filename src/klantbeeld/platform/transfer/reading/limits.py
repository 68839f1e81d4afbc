"""How much of a file we take in: bounds that hold for hostile files and leave honest ones alone."""

from typing import NamedTuple

MEBIBYTE = 1024 * 1024

SAMPLE_BYTES = 256 * 1024
"""Read from the front of a text file to guess how it is written."""

SAMPLE_ROWS = 200
"""Records looked at to guess the separator and the header row."""

ENCODING_SCAN_BYTES = 256 * MEBIBYTE
"""Scanned from the front of a text file for valid UTF-8 and for the number of lines."""

BLOCK_CHARACTERS = 256 * 1024
"""Decoded text held at a time while reading."""

LINE_CHARACTERS = 4 * MEBIBYTE
"""A single line longer than this is not a table."""

CELL_CHARACTERS = 131_072
"""The csv module's own limit, and four times what a cell of Excel holds."""

COLUMNS = 2_000
"""More columns than this are refused."""

SKIPPED_ROWS = 10_000
"""Lines of titles allowed above the header."""

WORKBOOK_ENTRIES = 10_000
"""Files inside a workbook's zip."""

WORKBOOK_UNPACKED_BYTES = 1024 * MEBIBYTE
"""Declared size of a workbook once unpacked."""


class Allowance(NamedTuple):
    """What the process that opens a workbook may take: `memory` in bytes of address space, `seconds` of processor."""

    memory: int
    seconds: int


AT_WORK = Allowance(3 * 1024 * MEBIBYTE, 300)
"""For importing it, in the background."""

IN_REQUEST = Allowance(1536 * MEBIBYTE, 40)
"""For looking at it while somebody waits. 200,000 rows of eight columns took 170 MB."""

EXCEL_ROW_LIMITS = (1_048_576, 65_536)
"""Rows that fit in a sheet of Excel 2007 and later, and of Excel 97 to 2003."""

EXCEL_CELL_CHARACTERS = 32_767
"""Characters that fit in one cell of Excel."""
