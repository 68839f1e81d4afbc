"""Values of own fields as they stand in the JSON of a record.

The database knows nothing of their kinds, and a key may have been another field's before. A value that is not of its
field's kind counts as none, as it does in conditions, so that no page, file or answer breaks on it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from klantbeeld.platform.conditions.fields import Kind
from klantbeeld.platform.records.fields import RecordField

# As they are written; others that Python reads as well would sort wrongly, since the database compares them as text.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}.*")


def own_value(field: RecordField, custom: Mapping[str, Any] | None) -> Any:
    """The value of an own field in a record's own values, of a link the id; None when there is none of its kind."""
    value = (custom or {}).get(field.path)
    if value is None or not fits(field.kind, value):
        return None
    return UUID(value) if field.is_link else value


def fits(kind: Kind, value: Any) -> bool:
    """Whether a value is what an own field of this kind holds."""
    return _TESTS[kind](value)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _boolean(value: Any) -> bool:
    return isinstance(value, bool)


def _id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _date(value: Any) -> bool:
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _moment(value: Any) -> bool:
    try:
        return bool(_MOMENT.fullmatch(value)) and datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


_TESTS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.DATETIME: _moment,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _text,
    Kind.MULTI_CHOICE: _texts,
    Kind.USER: _id,
    Kind.LINK: _id,
}
