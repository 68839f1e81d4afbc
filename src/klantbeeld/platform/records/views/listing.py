"""The list of a record type."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.records import filtering, reading
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.cells import Reader, cell_of, safe
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.list_parts import DrawnPart, Shown, lead_of, parts_of
from klantbeeld.platform.records.panels import ListColumn, columns_of
from klantbeeld.platform.records.reading import Page, Query
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views import as_of
from klantbeeld.platform.records.views.door import of_type, title_in
from klantbeeld.platform.records.views.list_head import filter_of, head_of


@dataclass(frozen=True)
class Heading:
    """The head of one column; `url` sorts by it, "" when that can't be done."""

    label: str
    number: bool
    drop: bool
    place: str
    name: bool = False
    url: str = ""
    sorted: str = ""


@require_safe
@of_type
def show_list(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """A page of records: `?view=`, `?where=` (a condition), `?sort=`, `?cursor=`; `?as_of=` shows them as they were."""
    if as_of.PARAMETER in request.GET:
        return as_of.show_list_as_of(request, actor, record_type)
    state = ListState.of(request.GET.dict())
    base = list_url(record_type.slug)
    try:
        condition = filtering.condition_of(record_type, state)
        columns = record_type.list_columns(actor)
        page = reading.page(actor, record_type, Query(condition, state.sort, state.cursor), columns)
        said = filter_of(actor, record_type, condition, state, base)
    except (BadCondition, Refused) as problem:
        context = head_of(actor, record_type, state, base) | {"problem": problem.message}
        return render(request, "records/list.html", context, status=400)
    parts = parts_of(actor, record_type, Shown(condition, said["count"]))
    context = head_of(actor, record_type, state, base) | said
    context |= _table(actor, record_type, page, state, base, parts) | {"parts": parts}
    return render(request, "records/list.html", context)


def _table(
    actor: Actor, record_type: RecordType, page: Page, state: ListState, base: str, parts: list[DrawnPart]
) -> dict[str, Any]:
    reader = Reader(actor)
    added = columns_of(record_type.slug, actor)
    ids = [row["id"] for row in page.rows]
    filled = {column.key: column.cells(actor, ids) for column in added}
    draw = [(name, cell_of(record_type, field, reader)) for name, field in page.fields.items()]
    headings = [_heading(record_type, page, name, state, base) for name in page.fields]
    for column in added:
        at = _place_of(record_type, page, column)
        headings.insert(at, Heading(str(column.label), column.number, True, ""))
        draw.insert(at, (column.key, lambda row, cells=filled[column.key]: cells.get(row["id"], "")))  # type: ignore[misc]
    # Four hundred cells would keep the template engine busy for longer than all else on the page together.
    cells = [(_opening(heading), cell) for heading, (_name, cell) in zip(headings, draw, strict=True)]
    title = record_type.readable(actor).get(record_type.title)
    leads = [lead_of(parts, row["id"], title_in(record_type, title, row)) for row in page.rows]
    rows = [
        safe(lead + "</td>".join([f"{opening}{cell(row)}" for opening, cell in cells]))
        for lead, row in zip(leads, page.rows, strict=True)
    ]
    return {
        "headings": headings,
        "rows": rows,
        "older_url": state.url(base, cursor=page.next) if page.next else "",
        "newer_url": state.url(base, cursor=page.previous) if page.previous else "",
        "order": page.order,
        "order_label": page.fields[page.order.name].label if page.order.name in page.fields else "",
    }


def _heading(record_type: RecordType, page: Page, name: str, state: ListState, base: str) -> Heading:
    field = page.fields[name]
    current = page.order.name == name
    toggled = f"-{name}" if (current and not page.order.descending) or (not current and field.number_like) else name
    return Heading(
        label=str(field.label),
        number=field.number_like,
        drop=field.own or name in record_type.droppable,
        place=record_type.phone_places(page.fields).get(name, ""),
        name=name == record_type.title,
        url=state.url(base, sort=toggled) if field.sortable else "",
        sorted=("descending" if page.order.descending else "ascending") if current else "",
    )


def _opening(heading: Heading) -> str:
    """The tag before each cell of a column."""
    kind = ' class="name"' if heading.name else ' class="num"' if heading.number else ""
    drop = " data-drop" if heading.drop else ""
    place = f' data-cell="{escape(heading.place)}"' if heading.place else ""
    return f"<td{kind}{drop}{place}>"


def _place_of(record_type: RecordType, page: Page, column: ListColumn) -> int:
    names = list(page.fields)
    return names.index(column.after) + 1 if column.after in names else len(names)
