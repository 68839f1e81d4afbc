"""A list in groups, and the rows of a group as it opens."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import Condition
from klantbeeld.platform.records import filtering, grouping, reading, table
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.grouping import RowGroup
from klantbeeld.platform.records.list_parts import DrawnPart, Shown, lead_of, parts_of
from klantbeeld.platform.records.reading import Query
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.shown_columns import ShownColumn, shown_columns
from klantbeeld.platform.records.table import Heading
from klantbeeld.platform.records.views.door import of_type, title_in
from klantbeeld.platform.ui import formats


@dataclass(frozen=True)
class ShownGroup:
    """A group with the texts under the heads of the columns, where its rows come from ("" for nowhere), and the list
    of only its rows."""

    group: RowGroup
    cells: Sequence[tuple[Heading, str]]
    rows_url: str = ""
    list_url: str = ""


def grouped(
    actor: Actor, record_type: RecordType, condition: Condition | None, state: ListState, shown: Sequence[ShownColumn]
) -> dict[str, Any]:
    """What `records/grouped.html` needs. Raises BadCondition, Invalid and TooMuch."""
    base = list_url(record_type.slug)
    by = grouping.group_field(actor, record_type, state.grouping)
    order = reading.order_of(actor, record_type, state.order)
    heads = table.headings(actor, record_type, shown, order, lambda sort: state.url(base, sort=sort))
    summed = [each.field for each in shown if each.field and each.field.number_like]
    found = grouping.groups_of(actor, record_type, condition, by, summed)
    rows_url = state.url(reverse("records:group", args=[record_type.slug]))

    def shown_group(each: RowGroup) -> ShownGroup:
        cells = _cells(actor, heads, shown, each)
        if each.key is None:
            return ShownGroup(each, cells)
        where = json.dumps(conditions.dump(grouping.narrowed(actor, condition, by, each.key)))
        only = state.url(base, view="", where=where, group="-" if state.saved else "")
        return ShownGroup(each, cells, f"{rows_url}&{urlencode({'key': each.key})}", only)

    return {
        "table": table.Table(heads, []),
        "groups": [shown_group(each) for each in found.groups],
        "total": ShownGroup(found.total, _cells(actor, heads, shown, found.total)),
        "cut": found.cut,
        "columns_url": state.url(reverse("records:columns", args=[record_type.slug])),
    }


@require_safe
@of_type
def show_group(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """Rows of the group `?key=` of the list that the address describes, from `?cursor=` on."""
    state = filtering.state_of(actor, record_type, request.GET.dict())
    by = grouping.group_field(actor, record_type, state.grouping)
    condition = filtering.condition_of(record_type, state)
    shown = shown_columns(actor, record_type, filtering.columns_of_state(actor, record_type, state))
    key = request.GET.get("key", "")
    query = Query(grouping.narrowed(actor, condition, by, key), state.order, state.cursor)
    page = reading.page(actor, record_type, query, table.field_names(shown))
    here = state.url(reverse("records:group", args=[record_type.slug]), cursor=page.next)
    parts = parts_of(actor, record_type, Shown(condition, reading.number(actor, record_type, condition)))
    context = {
        "parts": parts,
        "table": table.drawn(actor, record_type, page, shown, lambda sort: "", leads(actor, record_type, parts)),
        "more_url": f"{here}&{urlencode({'key': key})}" if page.next else "",
    }
    return render(request, "records/group_rows.html", context)


def leads(actor: Actor, record_type: RecordType, parts: Sequence[DrawnPart]) -> Callable[[Mapping[str, Any]], str]:
    """What gives the cells that packages put before a row."""
    title = record_type.readable(actor).get(record_type.title)
    return lambda row: lead_of(parts, row["id"], title_in(record_type, title, dict(row))) if parts else ""


def _cells(
    actor: Actor, heads: Sequence[Heading], shown: Sequence[ShownColumn], group: RowGroup
) -> list[tuple[Heading, str]]:
    """The sums of a group under the heads of its columns; the first column is for its name."""
    return [(head, _sum(actor, column, group)) for head, column in list(zip(heads, shown, strict=True))[1:]]


def _sum(actor: Actor, column: ShownColumn, group: RowGroup) -> str:
    amounts = group.sums.get(column.name)
    if not amounts or column.field is None:
        return ""
    if column.field.kind is not conditions.Kind.MONEY:
        return " + ".join(formats.number(amount, actor.language) for amount in amounts.values())
    usual, decimals = actor.tenant.currency, column.field.extra.get("decimals", 2)
    texts = (formats.money(amount, code or usual, actor.language, decimals) for code, amount in sorted(amounts.items()))
    return " + ".join(texts)
