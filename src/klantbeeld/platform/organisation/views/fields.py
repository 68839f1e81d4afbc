"""Own fields: per kind of record, adding, changing, ordering, deleting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.customfields.public import CustomField
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.save_field import delete_field, order_fields, save_field
from klantbeeld.platform.organisation.forms import show
from klantbeeld.platform.organisation.forms.fields import FieldForm
from klantbeeld.platform.organisation.names import MANAGE_FIELDS
from klantbeeld.platform.organisation.views.door import FORM_METHODS, for_ability
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry


@require_safe
@for_ability(MANAGE_FIELDS)
def list_fields(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The own fields of every kind of record that can have them."""
    by_type: dict[str, list[CustomField]] = {each.slug: [] for each in registry if each.has_custom_fields}
    for field in CustomField.objects.all():
        by_type.setdefault(field.record_type, []).append(field)
    groups = [(record_type, by_type[record_type.slug]) for record_type in registry if record_type.has_custom_fields]
    return render(request, "organisation/fields.html", {"groups": groups})


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_FIELDS)
def edit_field(request: HttpRequest, actor: Actor, slug: str, field_id: UUID | None = None) -> HttpResponse:
    """A field of one kind of record, or a new one."""
    record_type = _type(slug)
    field = _field(record_type, field_id) if field_id else None
    form = FieldForm(request.POST or None, record_type=record_type, field=field)
    if form.is_valid():
        try:
            save_field(actor, record_type, field_id, form.given())
        except (Invalid, NotAllowed) as problem:
            show(form, problem)
        else:
            messages.success(
                request, _("Saved. It is on every page of %(what)s now.") % {"what": record_type.label_plural}
            )
            return redirect("organisation:fields")
    context: dict[str, Any] = {
        "form": form,
        "field": field,
        "record_type": record_type,
        "title": field.label
        if field
        else _("New field for %(what)s") % {"what": capfirst(str(record_type.label_plural))},
        "back": "organisation:fields",
    }
    return render(request, "organisation/field.html", context, status=422 if form.errors else 200)


@require_POST
@for_ability(MANAGE_FIELDS)
def remove_field(request: HttpRequest, actor: Actor, slug: str, field_id: UUID) -> HttpResponse:
    """Delete a field, after the page has asked."""
    try:
        delete_field(actor, _type(slug), field_id)
    except Invalid as problem:
        messages.error(request, str(problem))
        return redirect("organisation:field", slug, field_id)
    messages.success(request, _("Field deleted. History keeps its values."))
    return redirect("organisation:fields")


@require_POST
@for_ability(MANAGE_FIELDS)
def move_field(request: HttpRequest, actor: Actor, slug: str, field_id: UUID) -> HttpResponse:
    """Move a field one place up (POST `to=up`) or down."""
    order_fields(actor, _type(slug), field_id, up=request.POST.get("to") == "up")
    return redirect("organisation:fields")


def _type(slug: str) -> RecordType:
    record_type = registry.find(slug)
    if record_type is None or not record_type.has_custom_fields:
        raise NotFoundHere
    return record_type


def _field(record_type: RecordType, field_id: UUID) -> CustomField:
    field = CustomField.objects.filter(id=field_id, record_type=record_type.slug).first()
    if field is None:
        raise NotFoundHere
    return field
