"""Rows into a CSV file or a workbook, one at a time."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from klantbeeld.platform.transfer.defusing import defused

MOST_ROWS_OF_A_SHEET = 1_048_575
LONGEST_CELL = 32_767
EXACT_DIGITS = 15


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """UTF-8 with a byte order mark, so that spreadsheets read it right."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow([defused(each) for each in headers])
        for row in rows:
            writer.writerow([_plain(each) for each in row])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, Decimal):
        return format(value, "f")
    return defused(value)


def write_xlsx(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """One sheet, and a further one for every million rows. Text is written as text, so that nothing is computed."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet, line = None, MOST_ROWS_OF_A_SHEET
        for row in rows:
            if sheet is None or line >= MOST_ROWS_OF_A_SHEET:
                sheet, line = book.add_worksheet(), 0
                sheet.write_row(0, 0, [str(defused(each)) for each in headers], bold)
                sheet.freeze_panes(1, 0)
            line += 1
            for place, value in enumerate(row):
                _write(sheet, line, place, value, moment)
        if sheet is None:
            book.add_worksheet().write_row(0, 0, list(headers), bold)


def _write(sheet: Any, line: int, place: int, value: Any, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        if value.year >= 1900 and value.tzinfo is None:
            sheet.write_datetime(line, place, value, moment)
        else:
            sheet.write_string(line, place, value.isoformat(sep=" "))
    elif isinstance(value, date):
        if value.year >= 1900:
            sheet.write_datetime(line, place, value)
        else:
            sheet.write_string(line, place, value.isoformat())
    elif isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float | Decimal) and _is_exact(value):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(defused(str(value)))[:LONGEST_CELL])


def _is_exact(value: int | float | Decimal) -> bool:
    """Whether a spreadsheet's numbers hold it: longer ones would lose their last digits."""
    return len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS
