"""A record, or a list, as it was on a day: to be read, not to be changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.records import filtering
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.as_of import Row, kept_fields, linked_then, moment_of, one_then
from klantbeeld.platform.records.cells import Reader, safe, value_cell
from klantbeeld.platform.records.facts import sections
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.lists_then import page_then
from klantbeeld.platform.records.reading import PAGE_SIZE
from klantbeeld.platform.records.record_type import RecordType, Related
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.related_panel import may_read_related
from klantbeeld.platform.records.views.door import title_of
from klantbeeld.platform.ui import formats

PARAMETER = "as_of"
MOST_RELATED = 1000
_SHOWN = 50


@dataclass(frozen=True)
class Table:
    """Records as they were, drawn. `more` are those beyond the ones shown."""

    label: Any
    columns: list[RecordField]
    rows: list[list[tuple[RecordField, SafeString]]]
    more: int = 0
    too_many: bool = False


def show_detail_as_of(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """`?as_of=`: a record with what pointed to it, as they were at the end of that day. Raises Refused for no day."""
    moment = moment_of(actor, request.GET[PARAMETER])
    row = one_then(actor, record_type, record_id, moment)
    base = list_url(record_type.slug)
    context = _banner(actor, request.GET[PARAMETER], moment, f"{base}{record_id}/") | {
        "record_type": record_type,
        "base": base,
        "row": row,
        "history_url": f"{base}{record_id}/history",
    }
    if row is not None:
        fields = kept_fields(actor, record_type)
        related = [_related(actor, each, record_id, moment, context["query"]) for each in record_type.relations()]
        context |= {
            "title": title_of(actor, record_type, row),
            "sections": sections(actor, record_type, row, changeable=False, readable=fields),
            "related": [each for each in related if each is not None],
        }
    return render(request, "records/as_of.html", context)


def show_list_as_of(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """`?as_of=`: the list as it was at the end of that day, with its filter and order; `?page=` for the next.
    Without a day one is asked for."""
    base, state = list_url(record_type.slug), filtering.state_of(actor, record_type, request.GET.dict())
    given = request.GET.get("page", "")
    number = max(int(given), 1) if given.isdecimal() and len(given) < 6 else 1
    context: dict[str, Any] = {"record_type": record_type, "base": base, "state": state, "today_url": state.url(base)}
    if not request.GET[PARAMETER]:  # the day is still to be chosen
        return render(request, "records/list_as_of.html", context)
    try:
        moment = moment_of(actor, request.GET[PARAMETER])
        context |= _banner(actor, request.GET[PARAMETER], moment, state.url(base))
        found = page_then(actor, record_type, filtering.condition_of(record_type, state), state.order, moment, number)
    except (BadCondition, Refused) as problem:
        context |= {"problem": problem.message, "day": context.get("day", request.GET[PARAMETER][:10])}
        return render(request, "records/list_as_of.html", context, status=400)
    here = dict(state.carried) | {PARAMETER: request.GET[PARAMETER]}
    context |= {
        "table": _table(actor, record_type, found.fields, found.rows, context["query"], record_type.label_plural),
        "total": found.total,
        "newer_url": f"?{urlencode(here | {'page': number - 1})}" if number > 1 else "",
        "older_url": f"?{urlencode(here | {'page': number + 1})}" if found.total > number * PAGE_SIZE else "",
    }
    return render(request, "records/list_as_of.html", context)


def _banner(actor: Actor, text: str, moment: datetime, today_url: str) -> dict[str, Any]:
    zone = ZoneInfo(actor.timezone)
    whole_day = len(text) == 10
    day = datetime.fromisoformat(text).date() if whole_day else moment.astimezone(zone).date()
    told = formats.date(day, actor.language) if whole_day else formats.datetime(moment, actor.language, zone)
    return {"then": told, "day": day.isoformat(), "query": urlencode({PARAMETER: text}), "today_url": today_url}


def _related(actor: Actor, related: Related, record_id: UUID, moment: datetime, query: str) -> Table | None:
    other = registry.find(related.record_type)
    if other is None or not may_read_related(actor, related):
        return None
    fields = kept_fields(actor, other)
    if related.link not in fields:
        return None
    rows = linked_then(actor, other, fields[related.link], record_id, moment, MOST_RELATED)
    columns = {name: fields[name] for name in other.columns if name in fields and name != related.link}
    if rows is None:
        return Table(related.label, [], [], too_many=True)
    return _table(actor, other, columns, rows, query, related.label)


def _table(
    actor: Actor, record_type: RecordType, columns: dict[str, RecordField], rows: list[Row], query: str, label: Any
) -> Table:
    reader, base = Reader(actor), list_url(record_type.slug)
    drawn = {name: value_cell(field, reader) for name, field in columns.items()}

    def cell(name: str, row: Row) -> SafeString:
        if name != record_type.title:
            return safe(drawn[name](row))
        text = drawn[name](row) or escape(_("(no name)"))
        return safe(f'<a class="clip" href="{base}{row["id"]}/?{escape(query)}">{text}</a>')

    made = [[(field, cell(name, row)) for name, field in columns.items()] for row in rows[:_SHOWN]]
    return Table(label, list(columns.values()), made, max(len(rows) - _SHOWN, 0))
