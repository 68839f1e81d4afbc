"""What happened, in the order in which it was committed: for programs that keep a copy of something.

It is read from history and from the append-only tables, which are their own history. A page ends before the oldest
transaction that is still at work (`audit.position`), so that nothing is ever skipped; and it shows what the caller
might read of the records, as they are or, for those that are gone, as they were.
"""

import base64
import heapq
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.changes import document_of
from klantbeeld.platform.api.representation import Document, Representation
from klantbeeld.platform.audit.models import AppendOnly, Change
from klantbeeld.platform.audit.position import horizon
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records import past, reading
from klantbeeld.platform.records.bulk import Among
from klantbeeld.platform.records.history import Event, differences_of
from klantbeeld.platform.records.record_type import RecordType

_HISTORY = ""
_BIG = 2**63 - 1


@dataclass(frozen=True, order=True)
class Place:
    """A place in the feed: position, source (history, or the name of an append-only table) and row in it."""

    position: int
    source: str = _HISTORY
    row: str = ""

    def encoded(self) -> str:
        """As text that says nothing to others."""
        return base64.urlsafe_b64encode(orjson.dumps([self.position, self.source, self.row])).decode().rstrip("=")


@dataclass(frozen=True)
class Entry:
    """A change at its place."""

    place: Place
    change: Change


@dataclass(frozen=True)
class Page:
    """Part of the feed, where it goes on, and whether there was more when it was read."""

    data: list[Document]
    after: Place
    more: bool


def place_of(text: str | None) -> Place:
    """The place that a cursor means: the beginning without one, the present for "now". Raises Invalid."""
    if text is None:
        return Place(-1)
    if text == "now":
        return Place(horizon() - 1, "\uffff")
    try:
        position, source, row = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if source == _HISTORY:
            row = str(int(row or 0))
        elif row:
            row = str(UUID(row))
        place = Place(int(position), str(source), row)
    except (ValueError, TypeError, AttributeError, OverflowError):
        place = Place(_BIG + 1)
    if not -1 <= place.position <= _BIG or len(place.row) > 36 or "\x00" in place.source:
        raise Invalid({"after": [_("This place can't be found. Start again from the beginning.")]})
    return place


def read(actor: Actor, record_types: Sequence[RecordType], after: Place, size: int, with_records: bool) -> Page:
    """Up to `size` changes of these types after a place, without those of which the caller may see nothing."""
    end = horizon()
    found = _entries(record_types, after, end, size + 1)
    page = found[:size]
    # Where nothing is left, the next question need not look at all that wasn't ours again.
    following = page[-1].place if len(found) > size else max(after, Place(end - 1, "\uffff"))
    documents = _documents(actor, record_types, page, with_records)
    return Page(documents, following, len(found) > size)


def _entries(record_types: Sequence[RecordType], after: Place, end: int, size: int) -> list[Entry]:
    models = {each.model for each in record_types}
    sources = [_of_history({each._meta.db_table for each in models}, after, end, size)]
    sources += [_of_table(each, after, end, size) for each in models if issubclass(each, AppendOnly)]
    return list(heapq.merge(*sources, key=lambda each: (each.place.position, each.place.source)))[:size]


def _of_history(tables: Collection[str], after: Place, end: int, size: int) -> list[Entry]:
    rows = _beyond(Change.objects.filter(table__in=tables), _HISTORY, after, end)[:size]
    return [Entry(Place(each.position or 0, _HISTORY, str(each.id)), each) for each in rows]


def _of_table(model: type[AppendOnly], after: Place, end: int, size: int) -> list[Entry]:
    table = model._meta.db_table
    rows = _beyond(model._default_manager.all(), table, after, end)
    names = ("id", "position", "created_at", "written_by_id", "origin")
    return [
        Entry(
            Place(position, table, str(record_id)),
            Change(table=table, record_id=record_id, action="create", at=at, actor_id=actor_id, origin=origin),
        )
        for record_id, position, at, actor_id, origin in rows.values_list(*names)[:size]
    ]


def _beyond(rows: "QuerySet[Any]", source: str, after: Place, end: int) -> "QuerySet[Any]":
    """The rows of a source after a place, in order."""
    table = rows.model._meta.db_table
    rows = rows.filter(position__isnull=False, position__lt=end).order_by("position", "id")
    if source > after.source:
        return rows.filter(position__gte=after.position)
    if source < after.source or not after.row:
        return rows.filter(position__gt=after.position)
    # A comparison of rows goes straight to the place, also in the middle of a large transaction.
    return rows.extra(  # noqa: S610 - the name of a table of ours
        where=[f'("{table}".position, "{table}".id) > (%s, %s)'], params=[after.position, after.row]
    )


def _documents(
    actor: Actor, record_types: Sequence[RecordType], entries: Sequence[Entry], with_records: bool
) -> list[Document]:
    types = _types_seen(actor, record_types, entries)
    names = dict(
        Member.objects.filter(pk__in={each.change.actor_id for each in entries if each.change.actor_id}).values_list(
            "id", "name"
        )
    )
    made = []
    for each in entries:
        change = each.change
        record_type = types.get((change.table, change.record_id))
        if record_type is None:
            continue
        differences = differences_of(actor, record_type, change)
        if change.action == "change" and not differences:
            continue
        who = names.get(change.actor_id) if change.actor_id else None
        told = {"type": record_type.slug, "record_id": change.record_id, **document_of(Event(change, who, differences))}
        made.append(told)
    if with_records:
        _add_records(actor, types.values(), made)
    return made


def _types_seen(
    actor: Actor, record_types: Iterable[RecordType], entries: Sequence[Entry]
) -> dict[tuple[str, UUID], RecordType]:
    """As what each record may be read, by table and id; records that may not be read are left out."""
    seen: dict[tuple[str, UUID], RecordType] = {}
    for record_type in record_types:
        table = record_type.model._meta.db_table
        ids = {each.change.record_id for each in entries if each.change.table == table}
        ids -= {record_id for of, record_id in seen if of == table}
        if not ids:
            continue
        there = record_type.model._default_manager.filter(Among("pk", ids, "uuid")).values_list("pk", flat=True)
        readable = set(record_type.rows(actor).filter(Among("pk", ids, "uuid")).values_list("pk", flat=True))
        readable |= past.deleted_among(actor, record_type, ids - set(there))
        seen |= {(table, record_id): record_type for record_id in readable}
    return seen


def _add_records(actor: Actor, record_types: Iterable[RecordType], documents: Sequence[Document]) -> None:
    for record_type in dict.fromkeys(record_types):
        mine = [each for each in documents if each["type"] == record_type.slug]
        readable = record_type.readable(actor)
        shape = Representation(readable.values())
        rows = reading.some(actor, record_type, {each["record_id"] for each in mine}, readable)
        now = {row["id"]: shape.document(row) for row in rows}
        for each in mine:
            each["record"] = now.get(each["record_id"])
