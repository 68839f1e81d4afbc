"""Many records in one request, by the bulk writer that imports use: made, or recognised by a key and changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api import bodies
from klantbeeld.platform.api.bulk_rows import NULL, JsonDrafter, JsonMerger
from klantbeeld.platform.api.errors import RowsRefused
from klantbeeld.platform.events.public import emit_for_each
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.kernel.ids import uuid7
from klantbeeld.platform.records.bulk import BulkWriter, Given
from klantbeeld.platform.records.bulk.drafting import Batch
from klantbeeld.platform.records.bulk.merging import Mode
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.parsing import parse
from klantbeeld.platform.records.record_type import RecordType

MOST = 1_000
Errors = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Order:
    """What is asked for: the rows, the field by which a record is recognised ("" for none), what may be done, and
    whether all of it is to happen or nothing."""

    rows: list[Any]
    key: str
    mode: Mode
    atomic: bool


@dataclass
class Result:
    """What became of each row, by its place: "created", "changed" or "unchanged" with an id, or "refused" with why."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, place: int, errors: Errors) -> None:
        """Note that a row wasn't taken."""
        told = {name: [str(text) for text in texts] for name, texts in errors.items()}
        self.rows[place] = {"result": "refused", "errors": told}

    def number(self, result: str) -> int:
        """How many rows this became of."""
        return sum(each["result"] == result for each in self.rows)


def order_of(actor: Actor, record_type: RecordType, body: Mapping[str, Any]) -> Order:
    """What a body asks for. Raises Invalid for what can't be understood."""
    unknown = body.keys() - {"rows", "key", "mode", "atomic"}
    errors = {name: [_("There is no such field, or it can't be written.")] for name in sorted(unknown)}
    rows = body.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST or not all(isinstance(row, dict) for row in rows):
        errors["rows"] = [_("Give a list of 1 to %(most)d objects.") % {"most": MOST}]
    readable = record_type.readable(actor)
    keys = ["id", *(name for name in record_type.import_keys if name in readable)]
    key = body.get("key")
    if key is not None and key not in keys:
        errors["key"] = [_("Use one of: %(values)s.") % {"values": ", ".join(keys)}]
    mode = body.get("mode", "both")
    if mode not in set(Mode):
        errors["mode"] = [_("Use one of: %(values)s.") % {"values": ", ".join(Mode)}]
    elif mode == Mode.CHANGE and key is None:
        errors["key"] = [_("This is needed.")]
    if not isinstance(body.get("atomic", True), bool):
        errors["atomic"] = [_("Use true or false.")]
    if errors:
        raise Invalid(errors)
    return Order(body["rows"], key or "", Mode(mode), body.get("atomic", True))


def write(actor: Actor, record_type: RecordType, order: Order) -> Result:
    """Write the rows in one transaction. Raises RowsRefused, with nothing written, when a row of an atomic order
    was refused."""
    with transaction.atomic():
        result = Run(actor, record_type, order).go()
        if order.atomic and result.number("refused"):
            raise RowsRefused({str(at): each["errors"] for at, each in enumerate(result.rows) if "errors" in each})
    return result


class Run:
    """One order being carried out, in the caller's transaction."""

    def __init__(self, actor: Actor, record_type: RecordType, order: Order) -> None:
        self.actor, self.type, self.order = actor, record_type, order
        self.result = Result([{"result": "refused"} for _row in order.rows])
        writable = record_type.writable(actor)
        self.bulk: BulkWriter = record_type.bulk(record_type, actor, writable, str(uuid7()))
        self.known = writable | ({"id": self.bulk.fields["id"]} if order.key == "id" else {})

    def go(self) -> Result:
        """Draft, write, tell."""
        given = self._given()
        names = sorted({name for row in given.values() for name in row})
        drafter = self._drafter(names)
        rows = [(place, self._cells(row, names)) for place, row in given.items()]
        batch = drafter.batch(rows, len(rows))
        merger = JsonMerger(self.bulk, drafter, self.order.mode)
        outcome = merger.merge(batch)
        for each in outcome.refused:
            self.result.refuse(each.number, each.errors)
        self._tell(batch, merger, {each.number for each in outcome.refused})
        return self.result

    def _given(self) -> dict[int, dict[str, Any]]:
        """The values of the rows that can be read, by place."""
        given = {}
        for place, row in enumerate(self.order.rows):
            try:
                given[place] = bodies.fields_in(row, self.known)
            except Invalid as problem:
                self.result.refuse(place, problem.errors)
        if self.order.key != "id":
            return given
        # An import may bring records with their ids; here an id is one that we gave out.
        ids = {str(UUID(row["id"])) for row in given.values() if row.get("id")}
        found = self.bulk.find("id", ids)
        for place, row in list(given.items()):
            if row.get("id") and str(UUID(row["id"])) not in found:
                self.result.refuse(place, {"id": [_("There is no such record to change.")]})
                del given[place]
        return given

    def _drafter(self, names: Sequence[str]) -> JsonDrafter:
        zone = ZoneInfo(self.actor.timezone)
        columns = []
        for index, name in enumerate(names):
            each = self.bulk.fields[name]
            read = _link if each.is_link else partial(_value, each, zone)
            columns.append(Given(index, each, read))
        return JsonDrafter(self.bulk, columns, self.order.key)

    def _cells(self, row: Mapping[str, Any], names: Sequence[str]) -> list[str]:
        return [orjson.dumps(row[name]).decode() if name in row else "" for name in names]

    def _tell(self, batch: Batch, merger: JsonMerger, refused: set[int]) -> None:
        slug, details, created = self.type.slug, batch.details, set(merger.written.created)
        keys = {key for key in details.keys if key}
        found = self.bulk.find(self.order.key, keys) if self.order.key and keys else {}
        changed = {each.pk for each in merger.written.changed}
        for at, number in enumerate(details.numbers):
            if number in refused:
                continue
            if batch.ids[at] in created:
                self.result.rows[number] = {"result": "created", "id": batch.ids[at]}
            else:
                known = found[details.keys[at]][0]
                result = "changed" if known in changed else "unchanged"
                self.result.rows[number] = {"result": result, "id": str(known)}
        emit_for_each(f"{slug}.created", [UUID(each) for each in sorted(created)], {"fields": []})
        alike: dict[tuple[str, ...], list[UUID]] = {}
        for each in changed:
            alike.setdefault(tuple(sorted(merger.written.names.get(each, ()))), []).append(each)
        for fields, ids in alike.items():
            emit_for_each(f"{slug}.changed", ids, {"fields": fields})


def _value(each: RecordField, zone: ZoneInfo, text: str) -> Any:
    return parse(each, orjson.loads(text), zone)


def _link(text: str) -> str:
    return "" if text in {"", NULL} else str(UUID(orjson.loads(text)))
