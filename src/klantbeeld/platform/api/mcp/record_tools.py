"""The tools that work on records of every type, by the same readers and writers as the API."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api import bodies, expanding, query_string
from klantbeeld.platform.api.conditional import whole_record
from klantbeeld.platform.api.mcp.registry import Tool, offer
from klantbeeld.platform.api.representation import Representation
from klantbeeld.platform.api.schema import fields as field_schemas
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

Given = Mapping[str, Any]
_MOST = 50
_FEW = 20
_TEXT = {"type": "string"}
_TYPE = {"type": "string", "description": "A record type, such as customers; describe_types lists them."}
_ID = {"type": "string", "format": "uuid"}
_VALUES = {"type": "object", "description": "Values by field name, as describe_types says for the type."}
_NAMES = {"type": "array", "items": _TEXT}


def type_of(actor: Actor, slug: str) -> RecordType:
    """A record type that may be read. Raises NotFoundHere."""
    found = registry.find(slug)
    if found is None or not gates.may(actor, "read", found):
        raise NotFoundHere(_("There is no kind of record “%(name)s” here.") % {"name": slug[:60]})
    return found


def create(actor: Actor, record_type: RecordType, values: Given) -> dict[str, Any]:
    """A record made of values as the API takes them, as it is read. Raises as the API refuses."""
    if not record_type.creatable or not gates.may_create(actor, record_type):
        raise NotAllowed
    given = bodies.fields_in(values, record_type.writable(actor))
    made = record_type.writer(record_type, actor).create(given)
    return whole_record(actor, record_type, made.pk)


def describe_types(actor: Actor, given: Given) -> dict[str, Any]:
    """The types, or one with its fields, relations and what may be written."""
    if "type" not in given:
        return {
            "types": [
                {"type": each.slug, "label": str(each.label), "plural": str(each.label_plural)}
                for each in registry.readable_by(actor)
            ]
        }
    record_type = type_of(actor, given["type"])
    readable, writable = record_type.readable(actor), record_type.writable(actor)
    return {
        "type": record_type.slug,
        "label": str(record_type.label),
        "fields": {name: field_schemas.reading(each) for name, each in readable.items()},
        "writable": {name: field_schemas.writing(each) for name, each in writable.items()},
        "needed": [name for name, each in writable.items() if each.required],
        "sortable": [name for name, each in readable.items() if each.sortable],
        "expandable": list(expanding.possible(actor, record_type)),
    }


def get_record(actor: Actor, given: Given) -> dict[str, Any]:
    """One record, with what is asked along."""
    record_type, record_id = type_of(actor, given["type"]), _id(given)
    document = whole_record(actor, record_type, record_id)
    wanted = {"expand": ",".join(given["expand"])} if given.get("expand") else {}
    expanding.expand(
        actor, record_type, [document], expanding.asked(actor, record_type, wanted, None), expanding.PER_RECORD_IN_LIST
    )
    return document


def list_records(actor: Actor, given: Given) -> dict[str, Any]:
    """A page of records that meet a condition."""
    record_type = type_of(actor, given["type"])
    readable = record_type.readable(actor)
    asked = {"fields": ",".join(given["fields"])} if given.get("fields") else {}
    names = query_string.chosen_fields(asked, readable)
    condition = conditions.parse(given["where"]) if given.get("where") else None
    size = given.get("limit", _FEW)
    if not 1 <= size <= _MOST:
        raise Invalid({"limit": [_("Use a whole number from 1 to %(most)d.") % {"most": _MOST}]})
    query = reading.Query(condition, given.get("sort", ""), given.get("cursor", ""), size)
    page = reading.page(actor, record_type, query, readable if names is None else names)
    shape = Representation(page.fields.values())
    counted = reading.number(actor, record_type, condition)
    return {
        "data": [shape.document(row) for row in page.rows],
        "next": page.next or None,
        "count": {"number": counted.number, "exact": counted.exact},
    }


def create_record(actor: Actor, given: Given) -> dict[str, Any]:
    """A new record."""
    return create(actor, type_of(actor, given["type"]), given["values"])


def update_record(actor: Actor, given: Given) -> dict[str, Any]:
    """A record with some fields changed."""
    record_type, record_id = type_of(actor, given["type"]), _id(given)
    if not record_type.changeable or not gates.may(actor, "change", record_type):
        raise NotAllowed
    values = bodies.fields_in(given["values"], record_type.writable(actor))
    record_type.writer(record_type, actor).change(record_id, values)
    return whole_record(actor, record_type, record_id)


def _id(given: Given) -> UUID:
    if not bodies.UUID.fullmatch(given["id"]):
        raise NotFoundHere
    return UUID(given["id"])


def offer_record_tools() -> None:
    """Register the tools of this module."""
    where = {
        "type": "object",
        "description": (
            'A condition: {"all": [{"field": "city", "op": "is", "value": "Utrecht"}]}; also "any", "not" and'
            ' {"related": "orders", "where": {...}, "count": {"op": "at_least", "value": 3}}. A wrong one is answered'
            " with what can be said instead."
        ),
    }
    listed = {
        "type": _TYPE,
        "where": where,
        "sort": {"type": "string", "description": "A sortable field; - before it for the other way around."},
        "limit": {"type": "integer", "minimum": 1, "maximum": _MOST, "default": _FEW},
        "cursor": {"type": "string", "description": "The next of the page before."},
        "fields": _NAMES,
    }
    one = {"type": _TYPE, "id": _ID, "expand": _NAMES}
    written = {"type": _TYPE, "values": _VALUES}
    for tool in (
        Tool(
            "describe_types",
            "The kinds of records there are; with type its fields, which of them can be written, and its relations.",
            {"type": _TYPE},
            (),
            describe_types,
        ),
        Tool("get_record", "One record by its id, with related records if asked.", one, ("type", "id"), get_record),
        Tool(
            "list_records",
            "Records that meet a condition, a page at a time, and how many.",
            listed,
            ("type",),
            list_records,
        ),
        Tool("create_record", "Makes a record.", written, ("type", "values"), create_record, writes=True),
        Tool(
            "update_record",
            "Changes some fields of a record and leaves the others. null clears a field.",
            {**written, "id": _ID},
            ("type", "id", "values"),
            update_record,
            writes=True,
        ),
    ):
        offer(tool)
