"""A field as JSON Schema (2020-12): as it is read, and as it may be written."""

from typing import Any

from django.db import connection, models

from klantbeeld.platform.api.representation import is_decimal
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.fields import RecordField

Schema = dict[str, Any]
_TEXTS = {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE}
_UUID: Schema = {"type": "string", "format": "uuid"}
_OWN_LIMIT = 10**14


def reading(field: RecordField) -> Schema:
    """What a field holds when it is read."""
    return _labelled(field, _read_value(field) if _never_empty(field) else _or_null(_read_value(field)))


def writing(field: RecordField) -> Schema:
    """What a field accepts; null clears it, unless it is required."""
    return _labelled(field, _written_value(field) if field.required else _or_null(_written_value(field)))


def _never_empty(field: RecordField) -> bool:
    column = field.column
    if column is None or column.null:
        return False
    return field.kind not in _TEXTS or not column.blank


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _labelled(field: RecordField, schema: Schema) -> Schema:
    return schema | {"title": str(field.label)}


def _read_value(field: RecordField) -> Schema:
    if field.is_link:
        return {"$ref": "#/components/schemas/Link"}
    if field.kind in _TEXTS and (field.own or field.kind is not Kind.CHOICE):
        # A choice that has been taken off an own field may still be in older records.
        return {"type": "string"}
    if field.json and field.kind is Kind.MULTI_CHOICE:
        return {"type": "array", "items": {"type": "string"}}
    return _value(field)


def _written_value(field: RecordField) -> Schema:
    if field.is_link:
        return {"anyOf": [_UUID, {"$ref": "#/components/schemas/LinkTo"}]}
    return _value(field)


def _value(field: RecordField) -> Schema:
    if is_decimal(field):
        places = 2 if field.decimals is None else field.decimals
        return {"type": "string", "pattern": f"^-?[0-9]{{1,14}}(\\.[0-9]{{1,{places}}})?$"}
    match field.kind:
        case Kind.NUMBER:
            return _number(field)
        case Kind.DATE:
            return {"type": "string", "format": "date"}
        case Kind.DATETIME:
            return {"type": "string", "format": "date-time"}
        case Kind.BOOLEAN:
            return {"type": "boolean"}
        case Kind.CHOICE:
            return {"enum": _choices(field)}
        case Kind.MULTI_CHOICE:
            return {"type": "array", "items": {"enum": _choices(field)}}
        case Kind.UUID:
            return _UUID
        case _:
            return _text(field)


def _number(field: RecordField) -> Schema:
    column = field.column
    if not isinstance(column, models.IntegerField):
        return {"type": "number", "exclusiveMinimum": -_OWN_LIMIT, "exclusiveMaximum": _OWN_LIMIT}
    lowest, highest = connection.ops.integer_field_range(column.get_internal_type())
    return {"type": "integer", "minimum": lowest, "maximum": highest}


def _text(field: RecordField) -> Schema:
    made: Schema = {"type": "string"}
    if field.max_length:
        made["maxLength"] = field.max_length
    if field.required:
        made["minLength"] = 1
    return made


def _choices(field: RecordField) -> list[str]:
    return [value for value, _label in field.choices]
