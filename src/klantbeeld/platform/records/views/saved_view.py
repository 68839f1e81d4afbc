"""Saving the list on the screen as a view, and naming, sharing, ordering and removing views."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import push_url, reswap, retarget

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.records import filtering, reading
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.grouping import group_field
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.saved_views import actions
from klantbeeld.platform.records.saved_views.models import NAME_LENGTH, SavedView, Visibility
from klantbeeld.platform.records.saved_views.queries import find_view, may_change
from klantbeeld.platform.records.views.door import of_type

_FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM_METHODS)
@of_type
def new_view(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """A form for the name of a view of the list that the address describes, and for who sees it."""
    state = filtering.state_of(actor, record_type, request.GET.dict())
    form = _form(request, None)
    if request.method == "POST":
        try:
            said = _said(actor, record_type, state)
            made = actions.save_view(actor, record_type.slug, form["name"], form["visibility"], **said)
        except Invalid as problem:
            return in_place(request, "records/view_form.html", _frame(record_type, state, form, None), problem)
        messages.success(request, _("View saved"))
        return redirect(_address(record_type, made))
    return in_place(request, "records/view_form.html", _frame(record_type, state, form, None))


@require_http_methods(_FORM_METHODS)
@of_type
def edit_view(request: HttpRequest, actor: Actor, record_type: RecordType, view_id: UUID) -> HttpResponse:
    """The name of a view, who sees it, its place among the others, and the way to remove it."""
    view = find_view(actor, record_type.slug, str(view_id))
    if view is None:
        raise NotFoundHere
    if not may_change(actor, view):
        raise NotAllowed
    state = filtering.state_of(actor, record_type, request.GET.dict())
    form = _form(request, view)
    if request.method == "POST":
        try:
            actions.rename_view(actor, view.id, form["name"], form["visibility"])
        except Invalid as problem:
            return in_place(request, "records/view_form.html", _frame(record_type, state, form, view), problem)
        return redirect(state.url(list_url(record_type.slug)))
    return in_place(request, "records/view_form.html", _frame(record_type, state, form, view))


@require_POST
@of_type
def overwrite_view(request: HttpRequest, actor: Actor, record_type: RecordType, view_id: UUID) -> HttpResponse:
    """Keep the list that the address describes as what the view says from now on."""
    state = filtering.state_of(actor, record_type, request.GET.dict() | {"view": str(view_id)})
    made = actions.overwrite_view(actor, view_id, **_said(actor, record_type, state))
    messages.success(request, _("View saved"))
    return redirect(_address(record_type, made))


@require_POST
@of_type
def move_view(request: HttpRequest, actor: Actor, record_type: RecordType, view_id: UUID) -> HttpResponse:
    """One place to the left (`step=-1`) or to the right."""
    step = -1 if request.POST.get("step") == "-1" else 1
    return redirect(_address(record_type, actions.move_view(actor, view_id, step)))


@require_POST
@of_type
def delete_view(request: HttpRequest, actor: Actor, record_type: RecordType, view_id: UUID) -> HttpResponse:
    """Remove the view. The records stay as they are."""
    removed = actions.delete_view(actor, view_id)
    messages.success(request, _("The view “%(name)s” is gone") % {"name": removed.name})
    return redirect(list_url(record_type.slug))


def in_place(
    request: HttpRequest, template: str, context: dict[str, Any], problem: Invalid | None = None
) -> HttpResponse:
    """A form below the head of the list; without a script, or when its address is opened, on a page of its own."""
    context |= {"errors": problem.errors if problem else {}, "part": template}
    status = 422 if problem else 200
    if not request.headers.get("HX-Request") or (request.headers.get("HX-Boosted") and problem is None):
        return render(request, "records/alone.html", context, status=status)
    answer = render(request, template, context, status=status)
    # The form asks for the whole page, which is to stay as it is.
    return push_url(reswap(retarget(answer, "#filter"), "innerHTML"), False) if problem else answer


def _said(actor: Actor, record_type: RecordType, state: ListState) -> dict[str, Any]:
    """What the list on the screen asks for, looked at as the list itself looks at it.

    Raises BadCondition and Invalid for what can't be shown.
    """
    condition = filtering.condition_of(record_type, state)
    reading.matching(actor, record_type, condition)
    if state.order:
        reading.order_of(actor, record_type, state.order)
    if state.grouping:
        group_field(actor, record_type, state.grouping)
    columns = filtering.columns_of_state(actor, record_type, state)
    return {"condition": condition, "sort": state.order, "columns": columns, "group": state.grouping}


def _form(request: HttpRequest, view: SavedView | None) -> dict[str, str]:
    shown = {"name": view.name if view else "", "visibility": view.visibility if view else Visibility.OWN.value}
    return {name: request.POST.get(name, value)[:2000] for name, value in shown.items()}


def _frame(record_type: RecordType, state: ListState, form: dict[str, str], view: SavedView | None) -> dict[str, Any]:
    slug = record_type.slug
    here = reverse("records:view", args=[slug, view.id]) if view else reverse("records:new_view", args=[slug])
    return {
        "record_type": record_type,
        "form": form,
        "view": view,
        "visibilities": Visibility.choices,
        "name_length": NAME_LENGTH,
        "url": state.url(here),
        "back_url": state.url(list_url(slug)),
    }


def _address(record_type: RecordType, view: SavedView) -> str:
    return ListState().url(list_url(record_type.slug), view=str(view.id))
