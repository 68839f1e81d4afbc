"""The five verbs on records, the same for every record type that there is."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api import bodies, conditional, expanding, query_string
from klantbeeld.platform.api.caller import caller_of
from klantbeeld.platform.api.conditional import tagged
from klantbeeld.platform.api.errors import OutOfScope, WrongMethod
from klantbeeld.platform.api.representation import Representation, encoded
from klantbeeld.platform.kernel.errors import NotAllowed, NotFoundHere
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

router = Router()
_METHODS = {"change": "PATCH", "delete": "DELETE"}


@router.get("/{slug}")
def list_records(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of records."""
    actor, record_type = opened(request, slug, "read")
    asked = query_string.list_query(request, actor, record_type)
    names = record_type.readable(actor) if asked.fields is None else asked.fields
    query = reading.Query(asked.where, asked.sort, asked.cursor, asked.limit)
    page = reading.page(actor, record_type, query, names)
    shape = Representation(page.fields.values())
    documents = [shape.document(row) for row in page.rows]
    expanding.expand(actor, record_type, documents, asked.expand, expanding.PER_RECORD_IN_LIST)
    body: dict[str, Any] = {
        "data": documents,
        "next": _turned(request, page.next),
        "previous": _turned(request, page.previous),
    }
    if asked.count:
        counted = reading.number(actor, record_type, asked.where)
        body["count"] = {"number": counted.number, "exact": counted.exact}
    response = tagged(request, encoded(body))
    links = [f'<{body[rel]}>; rel="{rel}"' for rel in ("next", "previous") if body[rel]]
    if links:
        response["Link"] = ", ".join(links)
    return response


@router.post("/{slug}")
def create_record(request: HttpRequest, slug: str) -> HttpResponse:
    """A new record."""
    actor, record_type = opened(request, slug, "create")
    query_string.parameters(request, ())
    given = bodies.given_fields(request, record_type.writable(actor))
    made = record_type.writer(record_type, actor).create(given)
    response = _one(request, actor, record_type, made.pk, status=201)
    response["Location"] = f"{request.path}/{made.pk}"
    return response


@router.get("/{slug}/{record_id}")
def read_record(request: HttpRequest, slug: str, record_id: str) -> HttpResponse:
    """One record."""
    actor, record_type = opened(request, slug, "read")
    given = query_string.parameters(request, {"fields", "expand"})
    names = query_string.chosen_fields(given, record_type.readable(actor))
    wanted = expanding.asked(actor, record_type, given, names)
    return _one(request, actor, record_type, id_of(record_id), names, wanted)


@router.patch("/{slug}/{record_id}")
def change_record(request: HttpRequest, slug: str, record_id: str) -> HttpResponse:
    """A record with some fields changed; the others stay as they are."""
    actor, record_type = opened(request, slug, "change")
    query_string.parameters(request, ())
    key = id_of(record_id)
    guard = conditional.guard(request, actor, record_type, key)
    given = bodies.given_fields(request, record_type.writable(actor))
    record_type.writer(record_type, actor).change(key, given, guard)
    return _one(request, actor, record_type, key)


@router.delete("/{slug}/{record_id}")
def delete_record(request: HttpRequest, slug: str, record_id: str) -> HttpResponse:
    """A record gone; its history stays."""
    actor, record_type = opened(request, slug, "delete")
    query_string.parameters(request, ())
    key = id_of(record_id)
    guard = conditional.guard(request, actor, record_type, key)
    record_type.writer(record_type, actor).delete(key, guard)
    return HttpResponse(status=204)


def id_of(text: str) -> UUID:
    """The id in an address. Raises NotFoundHere when it isn't one: there is nothing there."""
    if not bodies.UUID.fullmatch(text):
        raise NotFoundHere
    return UUID(text)


def opened(request: HttpRequest, slug: str, action: str) -> tuple[Actor, RecordType]:
    """The caller and the record type. Raises NotFoundHere where `action` reaches nothing and the type can't be seen
    either, NotAllowed where it can, OutOfScope where only the token stands in the way, and WrongMethod where nobody may
    do this with records of this type."""
    actor = caller_of(request).actor
    record_type = registry.find(slug)
    if record_type is None:
        raise NotFoundHere
    if not actor.grants.covers(slug, action):
        raise OutOfScope
    if not gates.may(actor, action, record_type):
        raise NotAllowed if gates.may(actor, "read", record_type) else NotFoundHere
    known = {"create": record_type.creatable, "change": record_type.changeable, "delete": record_type.deletable}
    if not known.get(action, True):
        beside = () if action == "create" else ("change", "delete")
        raise WrongMethod(["GET", *(_METHODS[each] for each in beside if known[each])])
    return actor, record_type


def _one(
    request: HttpRequest,
    actor: Actor,
    record_type: RecordType,
    key: UUID,
    names: tuple[str, ...] | None = None,
    wanted: tuple[expanding.Expansion, ...] = (),
    status: int = 200,
) -> HttpResponse:
    readable = record_type.readable(actor)
    shown = readable if names is None else {name: readable[name] for name in names if name in readable}
    row = reading.one(actor, record_type, key, shown)
    document = Representation(shown.values()).document(row)
    if wanted:
        expanding.expand(actor, record_type, [document], wanted, expanding.PER_RECORD)
    return tagged(request, encoded(document), whole=names is None and not wanted, status=status)


def _turned(request: HttpRequest, cursor: str) -> str | None:
    """The address of the page at a cursor, None without one."""
    if not cursor:
        return None
    kept = {name: value for name, value in request.GET.items() if name not in {"cursor", "count"}}
    return f"{request.path}?{urlencode(kept | {'cursor': cursor})}"
