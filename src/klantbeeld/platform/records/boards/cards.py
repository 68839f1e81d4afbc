"""Cards: what a board shows of a record."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.addresses import detail_url
from klantbeeld.platform.records.cells import Reader, cell_of, safe, value_text
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.ui.components import icon

Row = Mapping[str, Any]
LINES = 2


@dataclass(frozen=True)
class CardMaker:
    """Draws the cards of one board. `names` are the fields that a row must have."""

    names: tuple[str, ...]
    draw: Callable[[Row, bool], SafeString]


def card_maker(actor: Actor, record_type: RecordType, by: RecordField, total: RecordField | None) -> CardMaker:
    """What a card shows: the title, the amount that lanes add up, at most two lines, and the badge of the type."""
    readable, reader = record_type.readable(actor), Reader(actor)
    lines = [readable[name] for name in _line_names(record_type, actor, by, total) if name in readable]
    title = readable.get(record_type.title)
    declared = record_type.board
    badge = None
    if declared and declared.badge and set(declared.badge_needs) <= readable.keys():
        badge = declared.badge(reader)
    shown = [(str(capfirst(str(each.label))), cell_of(record_type, each, reader)) for each in lines]
    heading = cell_of(record_type, title, reader) if title else None
    named = value_text(title, reader) if title else None
    amount = cell_of(record_type, total, reader) if total else None

    def draw(row: Row, movable: bool) -> SafeString:
        name = (named(row) if named else "") or str(record_type.label)
        url = detail_url(record_type.slug, row["id"])
        head = heading(row) if heading else f'<a class="clip" href="{url}">{escape(name)}</a>'
        sum_of_it = f'<span class="amt">{amount(row)}</span>' if amount else ""
        parts = [f'<div class="what"><b>{head}</b>{sum_of_it}</div>']
        parts += [_line(label, text) for label, cell in shown if (text := cell(row))]
        parts.append(_foot(url, name, badge(row) if badge else "", movable))
        moves = " data-movable" if movable else ""
        return safe(f'<li class="deal" id="card-{row["id"]}" data-card="{row["id"]}"{moves}>{"".join(parts)}</li>')

    return CardMaker(
        (*_names(record_type, title, lines, total), by.name, *(declared.badge_needs if declared and badge else ())),
        draw,
    )


def changeable(actor: Actor, record_type: RecordType, ids: Collection[UUID]) -> set[UUID]:
    """Those of the records that this actor may change, at no query where they may change all that they may read."""
    if not record_type.changeable or not gates.may(actor, "change", record_type):
        return set()
    if actor.grants.reach(record_type.slug, "change") >= actor.grants.reach(record_type.slug, "read"):
        return set(ids)
    return set(record_type.rows(actor, "change").filter(pk__in=list(ids)).values_list("pk", flat=True))


def _line(label: str, text: str) -> str:
    words = escape(label)
    return f'<div class="todo"><span class="sr">{words}: </span><span class="clip" title="{words}">{text}</span></div>'


def _foot(url: str, name: str, badge: str, movable: bool) -> str:
    """The badge, and a way to another lane for those who don't drag; without a script it leads to the form."""
    foot = f'<footer class="todo">{badge}</footer>' if badge else ""
    if not movable:
        return foot
    words = escape(_("Move %(what)s") % {"what": name})
    told = f'href="{url}edit" data-move aria-label="{words}" title="{words}"'
    return f'{foot}<a class="btn ghost icon move" {told}>{icon("dots")}</a>'


def _names(
    record_type: RecordType, title: RecordField | None, lines: list[RecordField], total: RecordField | None
) -> tuple[str, ...]:
    named = [each.name for each in (title, *lines, total) if each is not None]
    return tuple(dict.fromkeys(named))


def _line_names(record_type: RecordType, actor: Actor, by: RecordField, total: RecordField | None) -> list[str]:
    """The declared lines, or else what a phone shows of a record, or else its next columns."""
    taken = {record_type.title, by.name, total.name if total else ""}
    if record_type.board and record_type.board.lines:
        declared: tuple[str, ...] = record_type.board.lines
    elif record_type.phone:
        declared = tuple(name for name, place in record_type.phone.items() if place in {"b", "c", "d"})
    else:
        declared = record_type.list_columns(actor)
    return [name for name in declared if name not in taken][:LINES]
