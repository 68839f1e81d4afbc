"""What belongs to a record, as a list on its page: for every declared relation that has no panel of its own.

It is the list of the other type, narrowed to what points here: the first of the reader's own columns, sorting, paging
and changing in place, a few rows at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.panels import Area, Panel, has_panel
from klantbeeld.platform.records.reading import Query, page
from klantbeeld.platform.records.record_type import RecordType, Related
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.saved_views.queries import personal_columns
from klantbeeld.platform.records.shown_columns import shown_columns
from klantbeeld.platform.records.table import Table, drawn, field_names

SHOWN = 10
COLUMNS = 7  # a record's page has room for so many


@dataclass(frozen=True)
class RelatedTable:
    """Some of the records that point here, drawn. `here` is the address of this part of the page; `older_url` and
    `newer_url` lead to the next and the former ones, `list_url` to all of them, `new_url` makes one; "" for none."""

    record_type: RecordType
    table: Table
    here: str
    older_url: str
    newer_url: str
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


def related_table(
    actor: Actor, record_type: RecordType, related: Related, record_id: UUID, sort: str = "", cursor: str = ""
) -> RelatedTable | None:
    """Some of the records that point to this one; None when they may not be read.

    `sort` and `cursor` come from outside: raises Invalid and BadCursor for what this list hasn't got.
    """
    if not may_read_related(actor, related):
        return None
    other = registry.get(related.record_type)
    chosen = shown_columns(actor, other, personal_columns(actor, other.slug, ""))
    shown = [replace(each, width=None, usual=True) for each in chosen if each.name != related.link][:COLUMNS]
    found = page(actor, other, Query(None, sort, cursor, SHOWN, (related.link, record_id)), field_names(shown))
    state, here = ListState(sort=sort), reverse("records:related", args=[record_type.slug, record_id, related.name])
    may_make = other.creatable and gates.may_create(actor, other) and gates.writable(actor, other, related.link)
    new_url = f"{reverse('records:new', args=[other.slug])}?{urlencode({related.link: record_id})}"
    return RelatedTable(
        record_type=other,
        table=drawn(actor, other, found, shown, lambda order: state.url(here, sort=order)),
        here=here,
        older_url=state.url(here, cursor=found.next) if found.next else "",
        newer_url=state.url(here, cursor=found.previous) if found.previous else "",
        list_url=list_of_related(related, record_id),
        new_url=new_url if may_make else "",
    )


def _panel(record_type: RecordType, related: Related) -> Panel:
    def context(actor: Actor, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
        part = related_table(actor, record_type, related, row["id"])
        return None if part is None else {"part": part}

    return Panel(related.name, record_type.slug, "story", 100, related.label, "records/related.html", context)
