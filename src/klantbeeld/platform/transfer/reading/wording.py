"""Every sentence about files and columns, in one place so that they keep one tone and can be translated."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def sentence(template: str | Promise, params: Mapping[str, object]) -> str:
    """The template in the active language with `{name}` replaced from `params`."""
    return str(template).format_map(params)


REFUSALS = {
    "empty": _("The file is empty."),
    "no_rows": _("The file holds no rows, only blank lines."),
    "html": _("This is a web page, whatever its name says. Open it in a spreadsheet and save it as CSV or XLSX."),
    "xml": _("This is an XML file. Save it from the program that made it as CSV or XLSX."),
    "rtf": _("This is a text document, not a table. Save the table in it as CSV or XLSX."),
    "pdf": _("This is a PDF. A table in a PDF can't be read reliably; ask for the file it was made from."),
    "image": _("This is a picture, not a table."),
    "compressed": _("This file is compressed. Unpack it first, then choose the file inside."),
    "zip": _("This is a zip file, not a workbook. Unpack it first, then choose the file inside."),
    "document": _("This is a text document or presentation, not a workbook. Save the table in it as CSV or XLSX."),
    "encrypted": _("The workbook is protected with a password. Save a copy without one, then choose that."),
    "binary": _("This file holds binary data, not text or a workbook."),
    "json_array": _("This is one JSON document. Write it as JSON Lines: one object on each line."),
    "json_object": _("The JSON in this file is spread over several lines. Write one object on each line."),
    "broken_workbook": _("The workbook is damaged and can't be opened. Open it in a spreadsheet and save it again."),
    "workbook_too_large": _(
        "The workbook takes more memory to open than we allow, often because of a cell far away from the others. "
        "Save the sheet as CSV and choose that."
    ),
    "no_sheet": _("The workbook has no sheet called “{sheet}”."),
    "empty_workbook": _("No sheet of the workbook holds any cells."),
    "too_many_columns": _("Line {line} has {columns} columns; at most {limit} can be read. Is the separator right?"),
    "line_too_long": _(
        "Line {line} is longer than {limit} characters. Either this is no table or its line ends are lost."
    ),
    "no_header": _("There is no line {line} to take the column names from."),
    "encoding": _("The file can't be read as {encoding}."),
    "dialect": _("The setting “{setting}” can't be {value}."),
}

WARNINGS = {
    "rows_at_limit": _(
        "The file has exactly {count} rows, as many as one sheet of Excel can hold. Rows after that were probably lost."
    ),
    "bad_bytes": _("Some of the text is not valid {encoding}. The rows concerned are listed as errors."),
    "scientific": _(
        "{count} values of “{column}” are numbers like 5.7E+17. Excel kept only the first digits; the rest is lost. "
        "Export the column again as text."
    ),
    "serial_dates": _(
        "“{column}” should hold dates, but {count} values are numbers such as Excel uses for days since 1900. "
        "Export the column again as dates."
    ),
    "leading_zeros": _("{count} values of “{column}” seem to have lost zeros at the start, as Excel does with codes."),
    "decimal_wholes": _(
        "{count} values of “{column}” end in .0, as programs write whole numbers when some are missing. "
        "Read as whole numbers they lose it."
    ),
    "cell_errors": _("{count} values of “{column}” are error codes of a spreadsheet, such as #REF!."),
    "mojibake": _("{count} values of “{column}” hold garbled letters such as “Ã©” for “é”. Check the encoding."),
    "lost_characters": _("{count} values of “{column}” hold � where a letter was lost before we got the file."),
    "date_like_text": _("{count} values of “{column}” look like Jan-05, which Excel makes of texts such as 1-5."),
    "cut_text": _("{count} values of “{column}” are as long as a cell of Excel can be. Their end may be lost."),
    "ambiguous_dates": _(
        "The dates of “{column}” can be read as day-month or month-day; nothing in the file decides it. Choose which."
    ),
    "ambiguous_decimals": _(
        "The numbers of “{column}” can be read with a decimal comma or a decimal point. Choose which; "
        "nothing in the file decides it."
    ),
    "two_digit_years": _("{count} dates of “{column}” have years of two digits: 68 is read as 2068, 69 as 1969."),
    "mixed_dates": _("The dates of “{column}” are written in more than one order. Rows that don't fit are refused."),
    "mixed_decimals": _(
        "The numbers of “{column}” use both a decimal comma and a decimal point. The rows that don't fit are refused."
    ),
}
