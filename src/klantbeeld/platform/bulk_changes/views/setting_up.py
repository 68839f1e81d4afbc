"""From picked records to a bulk change that runs: what is to be done, what that would do, and doing it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes import instruction, own_actions, starting
from klantbeeld.platform.bulk_changes.actions import find_action
from klantbeeld.platform.bulk_changes.instruction import How, Instruction
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.bulk_changes.previewing import preview
from klantbeeld.platform.bulk_changes.queries import locked_change_of
from klantbeeld.platform.bulk_changes.running import selection_of
from klantbeeld.platform.bulk_changes.selection import Selection
from klantbeeld.platform.bulk_changes.undoing import undoable
from klantbeeld.platform.jobs.public import JobState
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere, Refused
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.inputs import inputs, posted
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor, of_type


@require_POST
@of_type
def begin_action(request: HttpRequest, actor: Actor, record_type: RecordType, key: str) -> HttpResponse:
    """Take what was picked in a list to an action. What is wrong with it is told on a page of its own."""
    action = find_action(actor, record_type, key)
    if action is None:
        raise NotFoundHere
    return action.begin(actor, record_type, Selection.posted(request.POST), _back(request, record_type))


def _back(request: HttpRequest, record_type: RecordType) -> str:
    given = request.POST.get("back", "")[:8000]
    base = reverse("records:list", args=[record_type.slug])
    return given if given == base or given.startswith(f"{base}?") else base


@require_POST
@for_actor
def set_up(request: HttpRequest, actor: Actor, change_id: UUID) -> HttpResponse:
    """Store what is to be done and show what that would do; a value that is refused is told beside its control."""
    with transaction.atomic():
        change = locked_change_of(actor, change_id)
        record_type = type_of(actor, change)
        if change.job is not None:
            raise NotFoundHere
        try:
            order = instruction.read(actor, record_type, _given(actor, record_type, change, request.POST))
        except Invalid as problem:
            context = context_of(actor, record_type, change, request.POST.get("field", ""), request.POST, problem)
            return render(request, "bulk_changes/set_up.html", context, status=422)
        change.instruction = order.dump()
        change.save(update_fields=["instruction"])
    return redirect("bulk_changes:change", change_id)


@require_POST
@for_actor
def run(request: HttpRequest, actor: Actor, change_id: UUID) -> HttpResponse:
    """Do it: at once when it is small, and then the list says so with an undo; else in the background."""
    with transaction.atomic():
        change = locked_change_of(actor, change_id)
        record_type = type_of(actor, change)
        if change.job is not None:
            return redirect("bulk_changes:change", change_id)
        if change.action != own_actions.DELETE:
            instruction.kept(actor, record_type, change.instruction)
        number = selection_of(change).rows(actor, record_type).count()
        starting.claim(actor, change, number)
    change = starting.begin(change)
    if change.job is None or change.job.state != JobState.DONE or change.report.get("refused"):
        return redirect("bulk_changes:change", change_id)
    undo_url = reverse("bulk_changes:undo", args=[change_id]) if undoable(record_type) else ""
    messages.success(request, told(change), extra_tags=undo_url if change.report["changed"] else "")
    return redirect(change.back or reverse("records:list", args=[change.record_type]))


def told(change: BulkChange) -> str:
    """What a bulk change came to, in a sentence."""
    number = int(change.report.get("changed", 0))
    if change.action == own_actions.DELETE:
        return ngettext("%(n)d record deleted", "%(n)d records deleted", number) % {"n": number}
    return ngettext("%(n)d record changed", "%(n)d records changed", number) % {"n": number}


def type_of(actor: Actor, change: BulkChange) -> RecordType:
    """The record type of a change, if its action is still open to the actor. Raises NotFoundHere."""
    record_type = registry.find(change.record_type)
    if record_type is None or find_action(actor, record_type, change.action) is None:
        raise NotFoundHere
    return record_type


def context_of(
    actor: Actor,
    record_type: RecordType,
    change: BulkChange,
    chosen: str,
    typed: Any = None,
    problem: Invalid | None = None,
) -> dict[str, Any]:
    """What the page shows on which a bulk change is set up. `chosen` is the name of a field, `typed` what was sent and
    refused because of `problem`."""
    fields = instruction.offered(actor, record_type)
    order = _order(actor, record_type, change)
    if change.action == own_actions.ASSIGN:
        chosen = own_actions.owner_field(record_type)
    field = fields.get(chosen or (order.field.name if order else "")) if change.action != own_actions.DELETE else None
    if order is not None and field is not order.field and field is not None and field.name != order.field.name:
        order = None
    context: dict[str, Any] = {"change": change, "record_type": record_type, "fields": fields, "field": field}
    if problem is None and (order is not None or change.action == own_actions.DELETE):
        try:
            context["preview"] = preview(actor, record_type, selection_of(change), order)
        except Invalid as refused:
            problem = refused
    errors = {name: [str(text) for text in texts] for name, texts in problem.errors.items()} if problem else {}
    if field is not None:
        context |= _control(actor, field, order, typed, errors)
    number = context["preview"].total if "preview" in context else selection_of(change).rows(actor, record_type).count()
    return context | {"number": number, "field_error": " ".join(errors.get("field", [])), "small": starting.SMALL}


def _order(actor: Actor, record_type: RecordType, change: BulkChange) -> Instruction | None:
    if not change.instruction:
        return None
    try:
        return instruction.kept(actor, record_type, change.instruction)
    except Refused:
        return None  # rights or fields have changed since: it is asked for anew


def _control(
    actor: Actor, field: RecordField, order: Instruction | None, typed: Any, errors: Mapping[str, list[str]]
) -> dict[str, Any]:
    """The control for the new value, and the ways to change the field."""
    value = order.value if order else None
    how = str(order.how) if order else str(instruction.ways(field)[0])
    if typed is not None:
        how = typed.get("how", how)
        value = posted(actor, {field.name: field}, typed).get(field.name)
    several = value if isinstance(value, list) else [value] if value else []
    return {
        "input": inputs(actor, {field.name: field}, {field.name: None if how == How.SPREAD else value}, errors)[
            field.name
        ],
        "ways": [(str(way), _WAYS[way]()) for way in instruction.ways(field)],
        "how": how,
        "picked_colleagues": [str(each) for each in several],
        "colleagues": Member.objects.filter(active=True).order_by("name").values_list("id", "name"),
        "errors": errors.get(field.name, []),
    }


_WAYS = {
    How.SET: lambda: _("set to"),
    How.CLEAR: lambda: _("clear"),
    How.ADD: lambda: _("add"),
    How.REMOVE: lambda: _("take away"),
}


def _given(actor: Actor, record_type: RecordType, change: BulkChange, data: Any) -> dict[str, Any]:
    """The raw instruction in a form."""
    if change.action == own_actions.ASSIGN:
        name, members = own_actions.owner_field(record_type), [each for each in data.getlist("colleagues") if each]
        if len(members) == 1:
            return {"field": name, "how": str(How.SET), "value": members[0]}
        return {"field": name, "how": str(How.SPREAD), "value": members}
    name = data.get("field", "")
    field = instruction.offered(actor, record_type).get(name)
    value = posted(actor, {name: field}, data).get(name) if field is not None else None
    return {"field": name, "how": data.get("how", ""), "value": value}


def page_of(request: HttpRequest, actor: Actor, change: BulkChange) -> HttpResponse:
    """The page on which a bulk change that isn't begun is set up."""
    record_type = type_of(actor, change)
    context = context_of(actor, record_type, change, request.GET.get("field", ""))
    return render(request, "bulk_changes/set_up.html", context, status=422 if context.get("errors") else 200)
