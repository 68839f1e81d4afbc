import datetime
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from klantbeeld.platform.transfer.reading import Dialect, FileRefused, Kind, Row, first_rows, limits, read, sniff

CONTENT = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"><text:p>x</text:p>'
    "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Titles, a gap, a table from B4 with every type of cell, a second and an empty sheet."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        book.add_worksheet("Leeg")
        sheet = book.add_worksheet("Klanten")
        sheet.write("B2", "Export of customers")
        sheet.write_row("B4", ["id", "price", "day", "moment", "yes", "total", "long"])
        sheet.write_number("B5", 12)
        sheet.write_number("C5", 0.1 + 0.2)
        sheet.write_datetime("D5", datetime.datetime(2024, 3, 5), day)
        sheet.write_datetime("E5", datetime.datetime(2024, 3, 5, 14, 30, 59, 999_900), moment)
        sheet.write_boolean("F5", True)
        sheet.write_formula("G5", "=1/0", None, "#DIV/0!")
        sheet.write_number("H5", 571234567890123000)
        sheet.write_number("B7", 0.0000001)
        book.add_worksheet("Meer").write("A1", "x")
    return path


def test_a_table_below_titles_is_found_in_the_first_filled_sheet(workbook: Path) -> None:
    source = sniff(workbook, "book.xlsx")
    assert (source.dialect.sheet, source.dialect.skip, source.dialect.header) == ("Klanten", 3, True)
    assert source.guesses["sheet"].alternatives == ("Meer",)
    assert [(sheet.name, sheet.rows, sheet.columns) for sheet in source.sheets] == [
        ("Leeg", 0, 0),
        ("Klanten", 7, 8),
        ("Meer", 1, 1),
    ]


def test_cells_become_text_without_loss(workbook: Path) -> None:
    found = read(workbook, sniff(workbook, "book.xlsx").dialect)
    assert found.columns == ["Column 1", "id", "price", "day", "moment", "yes", "total", "long"]
    first, second = found
    assert first == Row(
        5, ["", "12", "0.3", "2024-03-05", "2024-03-05T14:31:00", "true", "#DIV/0!", "5.71234567890123E+17"]
    )
    assert (second.number, second.cells[1]) == (7, "0.0000001")


def test_the_rows_above_the_header_can_be_shown(workbook: Path) -> None:
    shown = first_rows(workbook, sniff(workbook, "book.xlsx").dialect)
    assert [(row.number, row.cells[1]) for row in shown] == [
        (2, "Export of customers"),
        (4, "id"),
        (5, "12"),
        (7, "0.0000001"),
    ]


def test_a_value_right_of_the_header_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["name", "age"])
        sheet.write_row("A2", ["Bob", 3, "note"])
    assert next(read(path, sniff(path, "book.xlsx").dialect)).problem == (
        "1 cell stands right of the last column with a name."
    )


def test_an_unknown_sheet_is_refused_by_name(workbook: Path) -> None:
    with pytest.raises(FileRefused, match="no sheet called “Nope”"):
        read(workbook, Dialect(kind=Kind.XLSX, sheet="Nope"))


def test_one_far_cell_does_not_take_the_process_down(tmp_path: Path) -> None:
    path = tmp_path / "sparse.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "near")
        sheet.write(1_048_575, 16_383, "far")
    with pytest.raises(FileRefused) as refused:
        sniff(path, "sparse.xlsx")
    assert refused.value.reason == "workbook_too_large"


def test_a_cell_all_alone_in_the_last_corner_is_refused_quickly(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(1_048_575, 16_383, "far")
    with pytest.raises(FileRefused, match="Line 1048576 has 16384 columns"):
        sniff(path, "corner.xlsx")


def test_a_cell_repeated_sixteen_thousand_million_times_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", CONTENT)
    with pytest.raises(FileRefused) as refused:
        sniff(path, "bomb.ods")
    assert refused.value.reason == "workbook_too_large"


def test_a_zip_that_unpacks_to_too_much_is_refused_unopened(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORKBOOK_UNPACKED_BYTES", 1000)
    with pytest.raises(FileRefused) as refused:
        sniff(workbook, "book.xlsx")
    assert refused.value.reason == "workbook_too_large"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_half_a_workbook_is_refused(workbook: Path, keep: float) -> None:
    whole = workbook.read_bytes()
    workbook.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(FileRefused):
        sniff(workbook, "book.xlsx")


def test_a_workbook_with_damaged_xml_is_refused(workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if name.endswith("sheet2.xml") else content)
    with pytest.raises(FileRefused) as refused:
        list(read(path, sniff(path, "damaged.xlsx").dialect))
    assert refused.value.reason == "broken_workbook"


def test_stopping_early_ends_the_process_that_reads(workbook: Path) -> None:
    rows = iter(read(workbook, sniff(workbook, "book.xlsx").dialect))
    assert next(rows).number == 5
    rows.close()  # type: ignore[attr-defined]
