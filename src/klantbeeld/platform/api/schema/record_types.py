"""The paths and schemas of one record type, as one actor may use it."""

from typing import Any

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api import bulk, expanding
from klantbeeld.platform.api.bodies import CUSTOM
from klantbeeld.platform.api.query_string import LARGEST_PAGE
from klantbeeld.platform.api.schema import fields
from klantbeeld.platform.api.schema.fields import Schema
from klantbeeld.platform.api.schema.parts import (
    IF_MATCH,
    ONCE,
    SAME,
    UNLESS,
    answer,
    body,
    problems,
    query,
    reference,
)
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records.bulk.merging import Mode
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.reading import PAGE_SIZE
from klantbeeld.platform.records.record_type import RecordType

_FLAG: Schema = {"type": "boolean"}
_ID: Schema = {"name": "record_id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def paths(actor: Actor, record_type: RecordType) -> dict[str, Any]:
    """The path items of a record type; operations that this actor may not use are left out."""
    slug = record_type.slug
    allowed = {
        "create": record_type.creatable and gates.may_create(actor, record_type),
        "change": record_type.changeable and gates.may(actor, "change", record_type),
        "delete": record_type.deletable and gates.may(actor, "delete", record_type),
    }
    collection = {"get": _list(actor, record_type)}
    if allowed["create"]:
        collection["post"] = _create(record_type)
    single = {"parameters": [_ID], "get": _read(actor, record_type)}
    if allowed["change"]:
        single["patch"] = _change(record_type)
    if allowed["delete"]:
        single["delete"] = _delete(record_type)
    history = {"parameters": [_ID], "get": _history(record_type)}
    found = {f"/{slug}": collection, f"/{slug}/{{record_id}}": single, f"/{slug}/{{record_id}}/history": history}
    if allowed["create"] or allowed["change"]:
        found[f"/{slug}/bulk"] = {"post": _bulk(record_type)}
    return found


def schemas(actor: Actor, record_type: RecordType) -> dict[str, Schema]:
    """The named schemas of a record type: as read, as made, as changed, a page of it, and filters on it."""
    slug = record_type.slug
    writable = record_type.writable(actor)
    page = {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": reference(slug)},
            "next": {"type": ["string", "null"]},
            "previous": {"type": ["string", "null"]},
            "count": {"$ref": "#/components/schemas/Count"},
        },
        "required": ["data", "next", "previous"],
        "additionalProperties": False,
    }
    condition = conditions.schema(record_type.field_set(actor), f"#/components/schemas/{slug}.")
    definitions: Any = condition["$defs"]
    read = _object(record_type.readable(actor), creating=False, read=True)
    read["properties"][expanding.EXPANDED] = _expanded(actor, record_type)
    return {
        slug: read,
        f"{slug}.bulk": _bulk_body(actor, record_type),
        f"{slug}.new": _object(writable, creating=True),
        f"{slug}.changes": _object(writable, creating=False),
        f"{slug}.page": page,
        **{f"{slug}.{name}": made for name, made in definitions.items()},
    }


def _object(known: dict[str, RecordField], creating: bool, read: bool = False) -> Schema:
    describe = fields.reading if read else fields.writing
    properties: Schema = {"id": {"type": "string", "format": "uuid"}} if read else {}
    properties |= {name: describe(each) for name, each in known.items() if not each.own}
    required = ["id"] if read else []
    if creating:
        required += [name for name, each in known.items() if each.required and not each.own]
    own = {each.key: describe(each) for each in known.values() if each.own}
    if own:
        needed = [each.key for each in known.values() if creating and each.own and each.required]
        properties[CUSTOM] = _closed(own, needed)
        required += [CUSTOM] if needed else []
    return _closed(properties, required)


def _closed(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(actor: Actor, record_type: RecordType) -> Schema:
    names = [name for name, each in record_type.readable(actor).items() if each.sortable]
    orders = [order for name in names for order in (name, f"-{name}")]
    condition = {"application/json": {"schema": reference(f"{record_type.slug}.condition")}}
    parameters: list[Schema] = [
        query("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}),
        query("cursor", {"type": "string"}, "Taken from `next` or `previous` of a page in the same order."),
        query("sort", {"enum": orders}),
        {"name": "where", "in": "query", "content": condition},
        _fields_parameter(actor, record_type),
        *_expand_parameter(actor, record_type),
        query("count", {"type": "boolean", "default": False}),
        UNLESS,
    ]
    return {
        "operationId": f"list-{record_type.slug}",
        "summary": f"List {record_type.label_plural}",
        "tags": [record_type.slug],
        "parameters": [each for each in parameters if each["name"] != "sort" or orders],
        "responses": {"200": answer(f"{record_type.slug}.page"), "304": SAME, **problems(400, 401, 403, 404, 422)},
    }


def _create(record_type: RecordType) -> Schema:
    slug = record_type.slug
    made = answer(slug)
    parameters = {"record_id": "$response.body#/id"}
    made["links"] = {"read": {"operationId": f"read-{slug}", "parameters": parameters}}
    if record_type.changeable:
        made["links"]["change"] = {"operationId": f"change-{slug}", "parameters": parameters}
    return {
        "operationId": f"create-{slug}",
        "summary": f"Create: {record_type.label}",
        "tags": [slug],
        "parameters": [ONCE],
        "requestBody": body(f"{slug}.new"),
        "responses": {"201": made, **problems(400, 401, 403, 404, 409, 413, 415, 422)},
    }


def _read(actor: Actor, record_type: RecordType) -> Schema:
    return {
        "operationId": f"read-{record_type.slug}",
        "summary": f"Read: {record_type.label}",
        "tags": [record_type.slug],
        "parameters": [_fields_parameter(actor, record_type), *_expand_parameter(actor, record_type), UNLESS],
        "responses": {"200": answer(record_type.slug), "304": SAME, **problems(401, 403, 404, 422)},
    }


def _change(record_type: RecordType) -> Schema:
    return {
        "operationId": f"change-{record_type.slug}",
        "summary": f"Change some fields: {record_type.label}",
        "tags": [record_type.slug],
        "parameters": [IF_MATCH, ONCE],
        "requestBody": body(f"{record_type.slug}.changes"),
        "responses": {"200": answer(record_type.slug), **problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428)},
    }


def _delete(record_type: RecordType) -> Schema:
    return {
        "operationId": f"delete-{record_type.slug}",
        "summary": f"Delete: {record_type.label}",
        "tags": [record_type.slug],
        "parameters": [IF_MATCH, ONCE],
        "responses": {"204": {"description": "It is gone."}, **problems(401, 403, 404, 409, 412, 422, 428)},
    }


def _history(record_type: RecordType) -> Schema:
    return {
        "operationId": f"history-of-{record_type.slug}",
        "summary": f"What happened to: {record_type.label}",
        "tags": [record_type.slug],
        "parameters": [
            query("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}),
            query("cursor", {"type": "string", "pattern": "^[0-9]{1,19}$"}),
        ],
        "responses": {"200": answer("Changes"), **problems(401, 403, 404, 422)},
    }


def _expand_parameter(actor: Actor, record_type: RecordType) -> list[Schema]:
    found = expanding.possible(actor, record_type)
    further = {
        f"{name}.{each}"
        for name, one in found.items()
        if one.target is not None
        for each in expanding.possible(actor, one.target)
    }
    if not found:
        return []
    items = {"enum": [*found, *sorted(further)]}
    schema = {"type": "array", "items": items, "minItems": 1, "maxItems": expanding.MOST}
    return [{"name": "expand", "in": "query", "style": "form", "explode": False, "schema": schema}]


def _expanded(actor: Actor, record_type: RecordType) -> Schema:
    made: Schema = {}
    for name, each in expanding.possible(actor, record_type).items():
        one = reference(each.target.slug if each.target else "Member")
        listed = {"type": "object", "properties": {"data": {"type": "array", "items": one}, "more": _FLAG}}
        made[name] = listed if each.link else {"anyOf": [one, {"type": "null"}]}
    return {"type": "object", "properties": made, "additionalProperties": False}


def _bulk(record_type: RecordType) -> Schema:
    return {
        "operationId": f"bulk-{record_type.slug}",
        "summary": f"Create or change many: {record_type.label_plural}",
        "tags": [record_type.slug],
        "parameters": [ONCE],
        "requestBody": body(f"{record_type.slug}.bulk"),
        "responses": {"200": answer("BulkResult"), **problems(400, 401, 403, 404, 409, 413, 415, 422, 428)},
    }


def _bulk_body(actor: Actor, record_type: RecordType) -> Schema:
    readable = record_type.readable(actor)
    # What is wrong with a row is told of that row, so that the others may be taken.
    row = {"type": "object", "description": f"What {record_type.slug}.changes says, and the id where that is the key."}
    properties = {
        "rows": {"type": "array", "items": row, "minItems": 1, "maxItems": bulk.MOST},
        "key": {"enum": ["id", *(name for name in record_type.import_keys if name in readable)]},
        "mode": {"enum": [each.value for each in Mode], "default": "both"},
        "atomic": {"type": "boolean", "default": True},
    }
    return _closed(properties, ["rows"])


def _fields_parameter(actor: Actor, record_type: RecordType) -> Schema:
    names = ["id", *record_type.readable(actor)]
    schema = {"type": "array", "items": {"enum": names}, "minItems": 1}
    return {"name": "fields", "in": "query", "style": "form", "explode": False, "schema": schema}
