"""Narrowing down a list: the editor of its condition."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import push_url, reswap, retarget

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, Condition, Group, Join, Measure, RelatedTest
from klantbeeld.platform.records import condition_editor, filtering
from klantbeeld.platform.records.addresses import layout_url
from klantbeeld.platform.records.condition_editor import ConditionEditor
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type

NAME = "filter"
_PARTS = {"field", "op", "value"}


@require_safe
@of_type
def edit_filter(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """The editor of a list's filter: `?at=` and `?part=` name the control to begin at.

    With `?apply=1` the list is shown with what the editor says; what can't be applied stays in the editor.
    """
    state = filtering.state_of(actor, record_type, request.GET.dict())
    if f"{NAME}.sentence" not in request.GET:
        editor = _of_list(actor, record_type, state, request.GET.get("at"), request.GET.get("part", ""))
        return _shown(request, record_type, state, editor)
    made = condition_editor.submitted(actor, record_type, NAME, request.GET)
    if made.acted or made.problem:
        return _shown(request, record_type, state, made.editor)
    # No condition at all is something else than what a saved view says.
    everything = json.dumps(conditions.dump(conditions.EVERYTHING)) if state.saved else ""
    where = json.dumps(as_parts(made.condition)) if made.condition else everything
    return redirect(state.url(layout_url(record_type.slug, state.layout), view="", where=where))


def _of_list(actor: Actor, record_type: RecordType, state: ListState, at: str | None, part: str) -> ConditionEditor:
    try:
        condition = filtering.condition_of(record_type, state)
    except BadCondition:
        condition = None
    place = None if at is None else filtering.place_of(condition, at)
    focus = f"{NAME}-sentence" if place is None else f"{NAME}-r-{place}-{_control(condition, place, part)}"
    return condition_editor.editor(actor, record_type, NAME, condition, focus=focus, further=at is None)


def _control(condition: Condition | None, place: int, part: str) -> str:
    """The control of a row that a part of its chip stands for."""
    row = condition.parts[place] if isinstance(condition, Group) else condition
    if isinstance(row, Group):
        return "join"
    exists = isinstance(row, RelatedTest) and row.measure is Measure.EXISTS
    return part if part in _PARTS and not exists else "field"


def as_parts(condition: Condition) -> dict[str, object]:
    """The JSON of a condition as a list has it: a group, of which each part is a chip."""
    grouped = isinstance(condition, Group) and condition.join is not Join.NONE
    return conditions.dump(condition if grouped else Group(Join.ALL, (condition,)))


def _shown(request: HttpRequest, record_type: RecordType, state: ListState, editor: ConditionEditor) -> HttpResponse:
    context = {
        "record_type": record_type,
        "state": state,
        "editor": editor,
        "url": reverse("records:filter", args=[record_type.slug]),
        "base": layout_url(record_type.slug, state.layout),
    }
    alone = not request.htmx  # type: ignore[attr-defined]
    template = "records/filter_page.html" if alone else "records/filter.html"
    answer = render(request, template, context, status=422 if editor.problem else 200)
    # The form asks for the whole page, which is to stay as it is.
    boosted = not alone and f"{NAME}.sentence" in request.GET
    return push_url(reswap(retarget(answer, "#filter"), "innerHTML"), False) if boosted else answer
