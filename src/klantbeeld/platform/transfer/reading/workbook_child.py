"""Opens one workbook in a process of its own and writes it to standard output as lines of JSON.

Run as a script, never imported: a hostile workbook can make the parser ask for half a terabyte or end its process.
Here that ends this process only, and its limits on memory and time are its own. Output: one object about the sheets,
then, when a sheet is asked for, lists of rows of text. A last object says what went wrong, if anything did.

Arguments: path, name of the sheet (empty for only the list), most bytes of memory, most seconds of processor time.
"""

import datetime
import gc
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from xml.etree import ElementTree

import python_calamine

ROWS_AT_A_TIME = 500
HEAD_ROWS = 200
LARGEST_WHOLE = 1e15
"""Excel keeps 15 digits; from here on a number is shown with its exponent, so that the loss can be seen."""
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR_CELL = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>'
    rb"(?:<f\b.*?(?:/>|</f>))?<v>([^<]{1,20})</v>"
)
ERROR_CELL_TAIL = 4096

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def text_of(cell: Cell) -> str:
    """A cell as text: dates in ISO 8601, whole numbers without a point, 15 significant digits, true and false."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return _number(cell)
    if isinstance(cell, datetime.timedelta):
        return _duration(cell)
    if isinstance(cell, datetime.datetime):
        return _to_milliseconds(cell)
    return cell.isoformat()


def _number(value: float) -> str:
    if abs(value) >= LARGEST_WHOLE:
        return f"{float(value):.15g}".upper()
    if value == int(value):
        return str(int(value))
    text = f"{value:.15g}"
    return text if "e" not in text else f"{Decimal(text):f}"


def _duration(value: datetime.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _to_milliseconds(moment: datetime.datetime) -> str:
    # A serial number of days is a float: what it says below a millisecond is noise.
    moment += datetime.timedelta(microseconds=500)
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def error_cells(path: str, sheet: str) -> dict[int, dict[int, str]]:
    """The error values of an XLSX sheet by row and column from 0: the parser itself makes them empty cells."""
    found: dict[int, dict[int, str]] = {}
    if not zipfile.is_zipfile(path):
        return found
    with zipfile.ZipFile(path) as archive:
        part = _part_of_sheet(archive, sheet)
        if part is None:
            return found
        with archive.open(part) as stream:
            tail = b""
            while block := stream.read(1 << 20):
                text = tail + block
                if b't="e"' in text:
                    for letters, row, value in ERROR_CELL.findall(text):
                        found.setdefault(int(row) - 1, {})[_column(letters)] = value.decode("ascii", "replace")
                tail = text[-ERROR_CELL_TAIL:]
    return found


def _part_of_sheet(archive: zipfile.ZipFile, sheet: str) -> str | None:
    try:
        # Entities can't hurt here: the limits of this process are set before the file is opened.
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for entry in book.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"):
        if entry.get("name") == sheet:
            target = targets.get(entry.get(RELATION), "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def sheet_rows(sheet: python_calamine.CalamineSheet, errors: dict[int, dict[int, str]]) -> Iterator[list[str]]:
    """All rows of a sheet from row 1, from column A to the last one that is used; rows without any value are empty."""
    start = sheet.start
    before = [""] * (start[1] if start else 0)
    width = len(before) + sheet.width
    for number, cells in enumerate(sheet.iter_rows()):
        wrong = errors.get(number)
        if not wrong and cells.count("") == len(cells):
            yield []
            continue
        row = before + [cell if type(cell) is str else text_of(cell) for cell in cells]
        for column, value in (wrong or {}).items():
            if column < width:
                row[column] = value
        yield row


def about(book: python_calamine.CalamineWorkbook) -> dict[str, object]:
    """Name, visibility and extent of each sheet with a grid, and the first rows of the one that most likely is meant:
    the first visible one with cells, or else the first with cells."""
    sheets: list[dict[str, object]] = []
    chosen, chosen_visible, chosen_sheet = "", False, None
    for meta in book.sheets_metadata:
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
            rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
            sheets.append({"name": meta.name, "visible": visible, "rows": rows, "columns": columns})
            if rows and (chosen_sheet is None or (visible and not chosen_visible)):
                chosen, chosen_visible, chosen_sheet = meta.name, visible, sheet
    head = list(islice(sheet_rows(chosen_sheet, {}), HEAD_ROWS)) if chosen_sheet is not None else []
    return {"sheets": sheets, "chosen": chosen, "head": head}


def write(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


def main(path: str, sheet: str, memory: str, seconds: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Rows are plain lists of texts, without cycles: looking for some would take longer than reading.
    gc.disable()
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        if not sheet:
            write(about(book))
            return
        if sheet not in book.sheet_names:
            write({"error": "no_sheet"})
            return
        rows: list[list[str]] = []
        for row in sheet_rows(book.get_sheet_by_name(sheet), error_cells(path, sheet)):
            rows.append(row)
            if len(rows) == ROWS_AT_A_TIME:
                write(rows)
                rows = []
        write(rows)
        write({"error": None})


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except python_calamine.PasswordError:
        write({"error": "encrypted"})
    except MemoryError:
        write({"error": "workbook_too_large"})
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError) as reason:
        # The parser has no class of its own for a sheet that is too sparse to be laid out.
        write({"error": "workbook_too_large" if "limit exceeded" in str(reason) else "broken_workbook"})
    except BrokenPipeError:
        # The reader has seen enough; nothing is left to be said.
        sys.stderr.close()
