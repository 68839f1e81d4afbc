"""Choosing the columns of a list, their order and their widths."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.records import filtering
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.saved_views import columns as column_texts
from klantbeeld.platform.records.saved_views.actions import keep_columns
from klantbeeld.platform.records.saved_views.columns import Column
from klantbeeld.platform.records.shown_columns import columns_to_choose, shown_columns, usual_names
from klantbeeld.platform.records.views.door import of_type
from klantbeeld.platform.records.views.saved_view import in_place


@dataclass(frozen=True)
class Choice:
    """A column that can be shown. The one that leads to the record always is."""

    name: str
    label: Any
    chosen: bool
    always: bool


@require_http_methods(["GET", "HEAD", "POST"])
@of_type
def choose_columns(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """GET: the columns to choose from. POST: `col` for each one in order, or `cols` with widths, or `usual=1`.

    In a list without a saved view the choice is kept for this actor; in one with a view it stands in the address, from
    where it can be saved. A request that only tells widths (`cols`) is answered without a page.
    """
    state = filtering.state_of(actor, record_type, request.GET.dict())
    try:
        before = filtering.columns_of_state(actor, record_type, state)
        if request.method == "POST":
            return _chosen(request, actor, record_type, state, before)
    except Invalid as problem:
        return in_place(request, "records/columns.html", _frame(actor, record_type, state, ()), problem)
    return in_place(request, "records/columns.html", _frame(actor, record_type, state, before))


def _chosen(
    request: HttpRequest, actor: Actor, record_type: RecordType, state: ListState, before: tuple[Column, ...]
) -> HttpResponse:
    widths = {each.name: each.width for each in before}
    if "usual" in request.POST:
        chosen = tuple(Column(name) for name in usual_names(actor, record_type)) if state.saved else ()
    elif "cols" in request.POST:
        chosen = column_texts.read(request.POST["cols"][:8000])
    else:
        named = column_texts.read(",".join(request.POST.getlist("col")))
        chosen = tuple(Column(each.name, widths.get(each.name)) for each in named)
    if state.saved is None:
        if state.view and all(each.slug != state.view for each in record_type.views):
            raise NotFoundHere
        keep_columns(actor, record_type.slug, state.view, chosen)
        if "cols" in request.POST:
            return HttpResponse(status=204)
    shown = column_texts.written(chosen) if state.saved else ""
    return redirect(state.url(list_url(record_type.slug), cols=shown))


def _frame(actor: Actor, record_type: RecordType, state: ListState, chosen: tuple[Column, ...]) -> dict[str, Any]:
    shown = [each.name for each in shown_columns(actor, record_type, chosen)]
    offered = {each.name: each for each in columns_to_choose(actor, record_type)}
    rest = sorted((name for name in offered if name not in shown), key=lambda name: str(offered[name].label).casefold())
    return {
        "record_type": record_type,
        "choices": [
            Choice(name, offered[name].label, name in shown, name == record_type.title) for name in [*shown, *rest]
        ],
        "saved": state.saved,
        "url": state.url(reverse("records:columns", args=[record_type.slug])),
        "back_url": state.url(list_url(record_type.slug)),
    }
