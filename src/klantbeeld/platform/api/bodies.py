"""Reading the body of a request: strictly, so that what is stored is what was meant.

JSON types are held to here (a number is a number, a date is text of one form); what the values mean is left to the
parser that every surface shares.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.translation import gettext as _

from klantbeeld.platform.api.errors import BadJson, NotJson, TooLarge
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.fields import RecordField

LARGEST = 1024 * 1024
CUSTOM = "custom"
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})")
AMOUNT = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,6})?")


def given_fields(request: HttpRequest, writable: Mapping[str, RecordField]) -> dict[str, Any]:
    """The values in the body by field name, own fields as "custom.<key>".

    Raises NotJson, TooLarge or BadJson when the body can't be read, Invalid with everything that is wrong per field:
    one that isn't there or can't be written, a value of the wrong JSON type.
    """
    return fields_in(object_in(request), writable)


def fields_in(data: Any, writable: Mapping[str, RecordField]) -> dict[str, Any]:
    """The values in an object by field name. Raises Invalid as `given_fields` does."""
    if not isinstance(data, dict):
        raise Invalid(_("Use an object with a value for each field."))
    given: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, value in _flat(data):
        field = writable.get(name)
        if field is None:
            errors[name] = [_("There is no such field, or it can't be written.")]
        elif value is None:
            given[name] = None
        elif (wrong := _SHAPES[field.kind](field, value)) is not None:
            errors[name] = [wrong]
        else:
            given[name] = value["id"] if isinstance(value, dict) else value
    if errors:
        raise Invalid(errors)
    return given


def object_in(request: HttpRequest) -> dict[str, Any]:
    """The body as an object. Raises NotJson, TooLarge, BadJson or Invalid."""
    if request.content_type != "application/json":
        raise NotJson
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise TooLarge
    try:
        data = orjson.loads(request.body)
    except orjson.JSONDecodeError as problem:
        message = _("This isn't valid JSON: line %(line)d, column %(column)d.")
        raise BadJson(message % {"line": problem.lineno, "column": problem.colno}) from None
    if not isinstance(data, dict):
        raise Invalid(_("The body must be a JSON object."))
    return data


def _flat(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for name, value in data.items():
        if name != CUSTOM:
            # The dotted name is how own fields are called in filters; here they stand under "custom".
            flat.append((name if not name.startswith(f"{CUSTOM}.") else f"/{name}", value))
        elif isinstance(value, dict):
            flat += [(f"{CUSTOM}.{key}", each) for key, each in value.items()]
        else:
            raise Invalid({CUSTOM: [_("Use an object with a value for each field.")]})
    return flat


# What is wrong with the JSON type of a value, None when nothing is.
Shape = Callable[[RecordField, Any], str | None]


def _text(field: RecordField, value: Any) -> str | None:
    if not isinstance(value, str):
        return _("Use text.")
    if field.max_length and len(value) > field.max_length:
        message = _("Use at most %(limit)d characters; this has %(length)d.")
        return message % {"limit": field.max_length, "length": len(value)}
    return None


def _number(field: RecordField, value: Any) -> str | None:
    return None if isinstance(value, int | float) and not isinstance(value, bool) else _("Use a number.")


def _amount(field: RecordField, value: Any) -> str | None:
    return _matching(AMOUNT, value, _('Use text with a decimal number, such as "12.50".'))


def _date(field: RecordField, value: Any) -> str | None:
    return _matching(_DATE, value, _('Use text with a date, such as "2026-03-31".'))


def _moment(field: RecordField, value: Any) -> str | None:
    return _matching(_MOMENT, value, _('Use text with a moment and its offset, such as "2026-03-31T10:00:00Z".'))


def _boolean(field: RecordField, value: Any) -> str | None:
    return None if isinstance(value, bool) else _("Use true or false.")


def _choice(field: RecordField, value: Any) -> str | None:
    values = [known for known, _label in field.choices]
    if isinstance(value, str) and value in values:
        return None
    return _("Use one of: %(values)s.") % {"values": ", ".join(values)}


def _choices(field: RecordField, value: Any) -> str | None:
    if not isinstance(value, list):
        return _("Use a list.")
    return next((wrong for each in value if (wrong := _choice(field, each)) is not None), None)


def _link(field: RecordField, value: Any) -> str | None:
    message = _('Use the id of a record, or an object with it as "id".')
    if not isinstance(value, dict):
        return _matching(UUID, value, message)
    # What was read can be written back, label and all.
    return _matching(UUID, value.get("id"), message) if value.keys() <= {"id", "label"} else message


def _matching(pattern: re.Pattern[str], value: Any, otherwise: str) -> str | None:
    return None if isinstance(value, str) and pattern.fullmatch(value) else otherwise


_SHAPES: dict[Kind, Shape] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _amount,
    Kind.DATE: _date,
    Kind.DATETIME: _moment,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
    Kind.MULTI_CHOICE: _choices,
    Kind.USER: _link,
    Kind.LINK: _link,
    Kind.UUID: _link,
}
