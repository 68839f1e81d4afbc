"""The list of a record type."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import BadCondition, Condition
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.records import filtering, reading, table
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.list_parts import DrawnPart, Shown, parts_of
from klantbeeld.platform.records.reading import Query
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.shown_columns import ShownColumn, shown_columns
from klantbeeld.platform.records.views import as_of
from klantbeeld.platform.records.views.door import of_type
from klantbeeld.platform.records.views.groups import grouped, leads
from klantbeeld.platform.records.views.list_head import filter_of, head_of


@require_safe
@of_type
def show_list(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """A page of records: `?view=`, `?where=` (a condition), `?sort=`, `?cols=`, `?group=`, `?cursor=`; `?as_of=` shows
    them as they were."""
    if as_of.PARAMETER in request.GET:
        return as_of.show_list_as_of(request, actor, record_type)
    state = filtering.state_of(actor, record_type, request.GET.dict())
    base = list_url(record_type.slug)
    try:
        condition = filtering.condition_of(record_type, state)
        shown = shown_columns(actor, record_type, filtering.columns_of_state(actor, record_type, state))
        said = filter_of(actor, record_type, condition, state, base)
        parts = parts_of(actor, record_type, Shown(condition, said["count"]))
        said |= {"parts": parts}
        if state.grouping:
            said |= grouped(actor, record_type, condition, state, shown)
        else:
            said |= _page(actor, record_type, condition, state, shown, parts)
    except (BadCondition, Refused) as problem:
        context = head_of(actor, record_type, state, base) | {"problem": problem.message}
        return render(request, "records/list.html", context, status=400)
    return render(request, "records/list.html", head_of(actor, record_type, state, base) | said)


def _page(
    actor: Actor,
    record_type: RecordType,
    condition: Condition | None,
    state: ListState,
    shown: Sequence[ShownColumn],
    parts: Sequence[DrawnPart],
) -> dict[str, Any]:
    base = list_url(record_type.slug)
    page = reading.page(actor, record_type, Query(condition, state.order, state.cursor), table.field_names(shown))
    ordered = record_type.readable(actor).get(page.order.name)
    lead = leads(actor, record_type, parts)
    return {
        "table": table.drawn(actor, record_type, page, shown, lambda sort: state.url(base, sort=sort), lead),
        "columns_url": state.url(reverse("records:columns", args=[record_type.slug])),
        "older_url": state.url(base, cursor=page.next) if page.next else "",
        "newer_url": state.url(base, cursor=page.previous) if page.previous else "",
        "order_label": ordered.label if ordered else "",
    }
