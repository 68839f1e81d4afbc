"""Adding or changing one clause of a list's filter: field, operator, value."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import push_url, reswap, retarget

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import Arity, BadCondition, Condition, Group, Kind, Operator, Test, ValueKind
from klantbeeld.platform.records import filtering, typed_values
from klantbeeld.platform.records.addresses import layout_url
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.inputs import inputs
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type


@require_safe
@of_type
def edit_filter(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """The editor of one clause: `?at=` names the clause that is changed, `?field=` and `?op=` what was picked so far.

    With `?apply=1` the list is shown with the clause in its filter; what can't be applied stays in the editor.
    """
    state = ListState.of(request.GET.dict())
    at = request.GET.get("at", "")
    try:
        condition = filtering.condition_of(record_type, state)
    except BadCondition:
        condition = None
    picked = _from_form(request) if "field" in request.GET else _from_clause(actor, record_type, condition, at)
    problem = ""
    if "apply" in request.GET:
        try:
            return redirect(_applied(actor, record_type, state, condition, at, picked))
        except BadCondition as refused:
            problem = refused.message
    context = _editor(actor, record_type, picked) | {"state": state, "at": at, "problem": problem}
    editor = render(request, "records/filter.html", context, status=422 if problem else 200)
    return _in_place(editor) if problem else editor


def _in_place(editor: HttpResponse) -> HttpResponse:
    # The form asks for the whole page, which is to stay as it is.
    return push_url(reswap(retarget(editor, "#filter"), "innerHTML"), False)


def _from_form(request: HttpRequest) -> dict[str, Any]:
    """What was picked so far."""
    return {
        "field": request.GET["field"],
        "op": request.GET.get("op", ""),
        "values": request.GET.getlist("value"),
        "n": request.GET.get("n", ""),
        "unit": request.GET.get("unit", ""),
    }


def _from_clause(actor: Actor, record_type: RecordType, condition: Condition | None, at: str) -> dict[str, Any]:
    """What the clause at `at` says; nothing picked when there is none."""
    place = filtering.place_of(condition, at)
    part = condition.parts[place] if isinstance(condition, Group) and place is not None else None
    if not isinstance(part, Test):
        return {"field": "", "op": "", "values": [], "n": "", "unit": ""}
    operator = _operator(record_type.readable(actor).get(part.field), part.op)
    value: Any = conditions.dump(part).get("value")
    span = value if isinstance(value, dict) else {}
    values = value if isinstance(value, list) else [] if value is None or span else [value]
    return {
        "field": part.field,
        "op": part.op,
        "values": [typed_values.shown(actor, operator, each) for each in values],
        "n": str(span.get("n", "")),
        "unit": str(span.get("unit", "")),
    }


def _operator(field: RecordField | None, name: str) -> Operator | None:
    offered = conditions.operators(field.kind) if field else ()
    return next((each for each in offered if each.name == name), None)


def _editor(actor: Actor, record_type: RecordType, picked: dict[str, Any]) -> dict[str, Any]:
    readable = record_type.readable(actor)
    fields = [each for each in readable.values() if each.kind is not Kind.UUID]
    field = readable.get(picked["field"]) or fields[0]
    offered = conditions.operators(field.kind)
    operator = _operator(field, picked["op"]) or offered[0]
    control = inputs(actor, {field.name: field}, {field.name: (picked["values"] or [""])[0]}, {})[field.name]
    return {
        "record_type": record_type,
        "fields": fields,
        "field": field,
        "operators": offered,
        "operator": operator,
        "input": control,
        "values": picked["values"],
        "boxes": typed_values.boxes(operator, control.type, picked["values"]),
        "n": picked["n"] or "7",
        "unit": picked["unit"] or "day",
        "units": _units(),
        "url": reverse("records:filter", args=[record_type.slug]),
    }


def _units() -> list[tuple[str, str]]:
    return [
        ("day", _("days")),
        ("week", _("weeks")),
        ("month", _("months")),
        ("quarter", _("quarters")),
        ("year", _("years")),
    ]


def _applied(
    actor: Actor,
    record_type: RecordType,
    state: ListState,
    condition: Condition | None,
    at: str,
    picked: dict[str, Any],
) -> str:
    readable = record_type.readable(actor)
    field = readable.get(picked["field"])
    operator = _operator(field, picked["op"])
    if field is None or operator is None:
        raise BadCondition("/field", _("Pick a field and how to compare it."))
    part: dict[str, Any] = {"field": field.name, "op": operator.name}
    value = _value(actor, operator, picked)
    if value is not None:
        part["value"] = value
    tree = filtering.with_part(condition, part, at)
    conditions.check(conditions.parse(tree), record_type.field_set(actor))
    return state.url(layout_url(record_type.slug, state.layout), view="", where=json.dumps(tree))


def _value(actor: Actor, operator: Operator, picked: dict[str, Any]) -> Any:
    if operator.arity is Arity.NONE:
        return None
    if operator.value_kind is ValueKind.SPAN:
        count = picked["n"]
        return {"n": int(count) if count.isdecimal() and len(count) < 7 else 0, "unit": picked["unit"]}
    values = [typed_values.read(actor, operator, each) for each in picked["values"] if each != ""]
    if operator.arity in {Arity.MANY, Arity.TWO}:
        return values
    return values[0] if values else ""
