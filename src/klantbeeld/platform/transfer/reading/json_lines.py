"""Rows of JSON Lines: one object a line, nested objects flattened to dotted names, numbers kept digit by digit."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.dialect import Dialect
from klantbeeld.platform.transfer.reading.rows import Row, Rows
from klantbeeld.platform.transfer.reading.text_lines import UNDECODABLE, line_batches


class _Number(str):
    """A number as it is written in the file, so that no digit is lost on the way through a float."""

    __slots__ = ()


class _BadRecord(ValueError):
    """One line that is not a record; the text says why."""


def read_json_lines(path: Path, dialect: Dialect) -> Rows:
    """The records of a file with one JSON object a line. Keys that are met on the way are appended to `columns`.

    Nested objects become dotted names; lists stay JSON; null is the empty text. A line that is not an object is a
    row with a problem.
    """
    columns = list(dialect.columns)
    return Rows(columns, _records(path, dialect, columns))


def _records(path: Path, dialect: Dialect, columns: list[str]) -> Iterator[Row]:
    places = {name: place for place, name in enumerate(columns)}
    for batch in line_batches(path, dialect.encoding, dialect.skip):
        for number, line in enumerate(batch.lines, start=batch.first):
            text = line.strip(" \t\r\n")
            if not text:
                continue
            try:
                yield Row(number, _cells(_flat(text, dialect.encoding), places, columns))
            except _BadRecord as reason:
                shown = text[: limits.EXCEL_CELL_CHARACTERS].replace(UNDECODABLE, "\ufffd").replace("\0", "\u2400")
                yield Row(number, [shown], str(reason))


def _cells(record: Mapping[str, str], places: dict[str, int], columns: list[str]) -> list[str]:
    if record.keys() - places.keys():
        for name in record:
            if name not in places:
                if len(columns) == limits.COLUMNS:
                    raise _BadRecord(_("The record would be more than {limit} columns.").format(limit=limits.COLUMNS))
                places[name] = len(columns)
                columns.append(name)
    cells = [""] * len(columns)
    for name, value in record.items():
        cells[places[name]] = value
    return cells


def _flat(text: str, encoding: str) -> dict[str, str]:
    """The record in a line as dotted names and texts. Raises `_BadRecord`."""
    if UNDECODABLE in text:
        raise _BadRecord(_("The row holds bytes that are not valid {encoding}.").format(encoding=encoding))
    try:
        record = _DECODER.decode(text)
    except RecursionError:
        raise _BadRecord(_("The record is nested too deeply.")) from None
    except json.JSONDecodeError as error:
        problem = _("This is not a JSON object: it goes wrong at character {place}.")
        raise _BadRecord(problem.format(place=error.pos + 1)) from None
    if not isinstance(record, dict):
        raise _BadRecord(_("The line holds JSON, but not an object with names and values."))
    flat: dict[str, str] = {}
    try:
        _flatten("", record, flat)
    except RecursionError:
        raise _BadRecord(_("The record is nested too deeply.")) from None
    if not _storable(flat):
        raise _BadRecord(_("The record holds NUL or broken characters, which text can't have."))
    return flat


def _flatten(prefix: str, record: Mapping[str, Any], into: dict[str, str]) -> None:
    for key, value in record.items():
        name = prefix + key
        if isinstance(value, dict) and value:
            _flatten(name + ".", value, into)
        elif name in into:
            raise _BadRecord(_("The name “{name}” is there twice.").format(name=name))
        else:
            into[name] = _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _json(value)


def _json(value: Any) -> str:
    """JSON of a value in a list; numbers exactly as they were written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}: {_json(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value, ensure_ascii=False)


def _storable(record: Mapping[str, str]) -> bool:
    text = "".join(record) + "".join(record.values())
    if text.isascii():
        return "\0" not in text
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _BadRecord(_("The name “{name}” is there twice.").format(name=twice))
    return record


def _no_constant(name: str) -> Any:
    raise _BadRecord(_("{value} is not a number that JSON knows.").format(value=name))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_Number, parse_float=_Number, parse_constant=_no_constant
)
