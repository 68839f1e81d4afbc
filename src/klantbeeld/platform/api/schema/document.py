"""The OpenAPI 3.1 document, as one actor may use the API."""

from http import HTTPStatus
from typing import Any

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.problems import CONTENT_TYPE
from klantbeeld.platform.api.query_string import LARGEST_PAGE
from klantbeeld.platform.api.schema import parts, record_types
from klantbeeld.platform.api.schema.fields import Schema
from klantbeeld.platform.records.reading import PAGE_SIZE
from klantbeeld.platform.records.registry import registry

VERSION = "1"
_PROBLEM_CODES = (400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429)
_UUID: Schema = {"type": "string", "format": "uuid"}
_LINK: Schema = {
    "type": "object",
    "properties": {"id": _UUID, "label": {"type": ["string", "null"]}},
    "required": ["id", "label"],
}
_LINK_TO: Schema = {
    "type": "object",
    "properties": {"id": _UUID, "label": {"type": ["string", "null"]}},
    "required": ["id"],
    "additionalProperties": False,
}
_COUNT: Schema = {
    "type": "object",
    "properties": {"number": {"type": "integer", "minimum": 0}, "exact": {"type": "boolean"}},
    "required": ["number", "exact"],
}
_CHANGE: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "action": {"enum": ["create", "change", "delete"]},
        "actor": {"anyOf": [{"$ref": "#/components/schemas/Link"}, {"type": "null"}]},
        "origin": {"type": "string"},
        "changes": {"type": "object", "additionalProperties": {"type": "object", "required": ["before", "after"]}},
    },
    "required": ["id", "at", "action", "actor", "origin", "changes"],
}
_MEMBER: Schema = {
    "type": "object",
    "properties": {"id": _UUID, "name": {"type": "string"}, "active": {"type": "boolean"}},
    "required": ["id", "name", "active"],
}
_MESSAGES: Schema = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
_BULK_RESULT: Schema = {
    "type": "object",
    "properties": {
        "created": {"type": "integer"},
        "changed": {"type": "integer"},
        "unchanged": {"type": "integer"},
        "refused": {"type": "integer"},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "result": {"enum": ["created", "changed", "unchanged", "refused"]},
                    "id": _UUID,
                    "errors": _MESSAGES,
                },
                "required": ["result"],
            },
        },
    },
    "required": ["created", "changed", "unchanged", "refused", "rows"],
}
_CHANGES: Schema = {
    "type": "object",
    "properties": {
        "data": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
        "next": {"type": ["string", "null"]},
    },
    "required": ["data", "next"],
}
_FEED_ENTRY: Schema = {
    **_CHANGE,
    "properties": {
        **_CHANGE["properties"],
        "id": {"type": ["integer", "null"]},
        "type": {"type": "string"},
        "record_id": _UUID,
        "record": {"type": ["object", "null"]},
    },
    "required": ["type", "record_id", *_CHANGE["required"]],
}
_FEED: Schema = {
    "type": "object",
    "properties": {
        "data": {"type": "array", "items": {"$ref": "#/components/schemas/FeedEntry"}},
        "after": {"type": "string"},
        "next": {"type": "string"},
        "more": {"type": "boolean"},
    },
    "required": ["data", "after", "next", "more"],
}
_PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "pointer": {"type": "string"},
        "current": {"type": ["object", "null"]},
        "errors": _MESSAGES,
        "rows": {"type": "object", "additionalProperties": _MESSAGES},
    },
    "required": ["type", "title", "status", "detail", "code"],
}
_OPEN_OBJECT: Schema = {"content": {"application/json": {"schema": {"type": "object"}}}}


def document(actor: Actor) -> dict[str, Any]:
    """The whole document: the record types, fields and own fields that this actor may use, and no others."""
    paths: dict[str, Any] = {
        "/me": {"get": _about("me", "Who I am, and what I may do")},
        "/changes": {"get": _feed(actor)},
        "/openapi.json": {"get": _about("openapi", "This document")},
    }
    schemas = {
        "Link": _LINK,
        "LinkTo": _LINK_TO,
        "Count": _COUNT,
        "Member": _MEMBER,
        "BulkResult": _BULK_RESULT,
        "Change": _CHANGE,
        "Changes": _CHANGES,
        "FeedEntry": _FEED_ENTRY,
        "Feed": _FEED,
        "Problem": _PROBLEM,
    }
    for record_type in registry.readable_by(actor):
        paths |= record_types.paths(actor, record_type)
        schemas |= record_types.schemas(actor, record_type)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Klantbeeld", "version": VERSION},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {str(code): _problem(code) for code in _PROBLEM_CODES},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _feed(actor: Actor) -> Schema:
    slugs = [each.slug for each in registry.readable_by(actor)]
    types = {"type": "array", "items": {"enum": slugs}, "minItems": 1}
    parameters: list[Schema] = [
        parts.query("after", {"type": "string"}, "From a page before; “now” for the present."),
        parts.query("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}),
        parts.query("records", {"type": "boolean", "default": False}, "Adds what each record is now."),
    ]
    if slugs:
        parameters.append({"name": "types", "in": "query", "style": "form", "explode": False, "schema": types})
    return {
        "operationId": "changes",
        "summary": "What happened, in the order in which it was committed",
        "parameters": parameters,
        "responses": {"200": parts.answer("Feed"), **parts.problems(401, 422)},
    }


def _about(operation: str, summary: str) -> Schema:
    answer = {"description": summary, **_OPEN_OBJECT}
    responses = {"200": answer, **{code: {"$ref": f"#/components/responses/{code}"} for code in ("401", "422", "429")}}
    return {"operationId": operation, "summary": summary, "responses": responses}


def _problem(code: int) -> Schema:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": HTTPStatus(code).phrase, "content": {CONTENT_TYPE: {"schema": schema}}}
