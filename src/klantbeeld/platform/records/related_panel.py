"""What belongs to a record, as a short list on its page: for every declared relation that has no panel of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.cells import Reader, cell_of, safe
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.panels import Area, Panel, has_panel
from klantbeeld.platform.records.reading import Query, page
from klantbeeld.platform.records.record_type import RecordType, Related
from klantbeeld.platform.records.registry import registry

SHOWN = 10


@dataclass(frozen=True)
class RelatedColumn:
    """A column of the short list."""

    label: Any
    number: bool
    name: bool
    place: str


@dataclass(frozen=True)
class RelatedTable:
    """The first records that point here, drawn. `list_url` is all of them, `new_url` makes one ("" for who may not)."""

    record_type: RecordType
    columns: list[RelatedColumn]
    rows: list[list[tuple[RelatedColumn, SafeString]]]
    more: bool
    list_url: str
    new_url: str


def related_panels(record_type: RecordType, area: Area) -> list[Panel]:
    """A panel in the wide column for each relation that has no panel of its name yet."""
    if area != "story":
        return []
    return [
        _panel(record_type, each)
        for each in record_type.relations()
        if not has_panel(record_type.slug, each.name) and registry.find(each.record_type) is not None
    ]


def may_read_related(actor: Actor, related: Related) -> bool:
    """Whether this actor may see records of the other type, and what they point to."""
    other = registry.get(related.record_type)
    return gates.may(actor, "read", other) and gates.readable(actor, other, related.link)


def list_of_related(related: Related, record_id: UUID) -> str:
    """The address of the other type's list, filtered to what points to this record."""
    base = list_url(related.record_type)
    where = f'{{"all":[{{"field":"{related.link}","op":"is","value":"{record_id}"}}]}}'
    return ListState(where=where).url(base)


def related_table(actor: Actor, related: Related, record_id: UUID, size: int = SHOWN) -> RelatedTable | None:
    """The first records that point to this one, in the other type's own order; None when they may not be read."""
    if not may_read_related(actor, related):
        return None
    other = registry.get(related.record_type)
    names = tuple(name for name in other.columns if name != related.link)
    found = page(actor, other, Query(size=size, within=(related.link, record_id)), names)
    reader, places = Reader(actor), other.phone_places(found.fields)
    drawn = [
        (
            RelatedColumn(field.label, field.number_like, name == other.title, places.get(field.name, "")),
            cell_of(other, field, reader),
        )
        for name, field in found.fields.items()
    ]
    may_make = other.creatable and gates.may_create(actor, other) and gates.writable(actor, other, related.link)
    new_url = f"{reverse('records:new', args=[other.slug])}?{urlencode({related.link: record_id})}"
    return RelatedTable(
        record_type=other,
        columns=[column for column, _draw in drawn],
        rows=[[(column, safe(draw(row))) for column, draw in drawn] for row in found.rows],
        more=bool(found.next),
        list_url=list_of_related(related, record_id),
        new_url=new_url if may_make else "",
    )


def _panel(record_type: RecordType, related: Related) -> Panel:
    def context(actor: Actor, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
        table = related_table(actor, related, row["id"])
        return None if table is None else {"table": table}

    return Panel(related.name, record_type.slug, "story", 100, related.label, "records/related.html", context)
