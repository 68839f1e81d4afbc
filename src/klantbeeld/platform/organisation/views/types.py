"""Record types of the organisation's own: the list, making and changing one, deleting it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.customfields.public import OwnType, fields_of
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.save_type import delete_type, save_type
from klantbeeld.platform.organisation.forms import show
from klantbeeld.platform.organisation.forms.types import TypeForm
from klantbeeld.platform.organisation.names import MANAGE_FIELDS
from klantbeeld.platform.organisation.views.door import FORM_METHODS, for_ability


@require_safe
@for_ability(MANAGE_FIELDS)
def list_types(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The types that this organisation made, with how many fields each has."""
    types = [(each, len(fields_of(each.slug))) for each in OwnType.objects.all()]
    return render(request, "organisation/types.html", {"types": types})


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_FIELDS)
def edit_type(request: HttpRequest, actor: Actor, slug: str | None = None) -> HttpResponse:
    """A type, or a new one."""
    own = _own(slug) if slug else None
    form = TypeForm(request.POST or None, own=own)
    if form.is_valid():
        try:
            saved = save_type(actor, slug, form.given())
        except (Invalid, NotAllowed) as problem:
            show(form, problem)
        else:
            if own is not None:
                messages.success(request, _("Saved"))
                return redirect("organisation:types")
            messages.success(request, _("%(what)s can be kept now. Say next what you want to know of each.")
                             % {"what": capfirst(saved.label_plural)})  # fmt: skip
            return redirect("organisation:new_field", saved.slug)
    context: dict[str, Any] = {
        "form": form,
        "own": own,
        "title": capfirst(own.label_plural) if own else _("New record type"),
        "back": "organisation:types",
    }
    return render(request, "organisation/type.html", context, status=422 if form.errors else 200)


@require_POST
@for_ability(MANAGE_FIELDS)
def remove_type(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    """Delete a type that has no records, after the page has asked."""
    try:
        delete_type(actor, slug)
    except Invalid as problem:
        messages.error(request, str(problem))
        return redirect("organisation:type", slug)
    messages.success(request, _("Record type deleted."))
    return redirect("organisation:types")


def _own(slug: str) -> OwnType:
    own = OwnType.objects.filter(slug=slug).first()
    if own is None:
        raise NotFoundHere
    return own
