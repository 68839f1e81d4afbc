"""Changing one value where it stands."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere, Refused
from klantbeeld.platform.records.cells import Reader
from klantbeeld.platform.records.inputs import inputs, posted
from klantbeeld.platform.records.reading import one, value_of
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.undo import last_change, undo
from klantbeeld.platform.records.views.detail import fact
from klantbeeld.platform.records.views.door import of_type


@require_http_methods(["GET", "HEAD", "POST"])
@of_type
def edit_field(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, name: str) -> HttpResponse:
    """GET: the control for one field (`?show=1`: its value again). POST: store it and show the value, with an undo."""
    fields = {key: each for key, each in record_type.writable(actor).items() if key == name}
    if not fields or name not in record_type.readable(actor):
        raise NotFoundHere
    context = {"record_type": record_type, "id": record_id}
    if request.method == "POST":
        raw = posted(actor, fields, request.POST)
        try:
            record_type.writer(record_type, actor).change(record_id, raw)
        except Invalid as problem:
            errors = {name: [text for texts in problem.errors.values() for text in texts]}
            control = inputs(actor, fields, raw, errors)[name]
            return render(request, "records/edit_field.html", context | {"input": control}, status=422)
    row = one(actor, record_type, record_id)
    if request.method == "POST" or "show" in request.GET:
        shown = fact(record_type, fields[name], row, Reader(actor), writable=True)
        response = render(request, "records/fact.html", context | {"fact": shown})
        if request.method == "POST":
            response["HX-Trigger"] = json.dumps(
                toast_of_change(
                    record_type, record_id, _("%(field)s changed") % {"field": capfirst(str(fields[name].label))}
                )
            )
        return response
    control = inputs(actor, fields, {name: value_of(row, fields[name])}, {})[name]
    return render(request, "records/edit_field.html", context | {"input": control})


def toast_of_change(record_type: RecordType, record_id: UUID, text: str) -> dict[str, object]:
    """The notice of a change, with the address that takes it back."""
    change = last_change(record_id)
    url = reverse("records:undo", args=[record_type.slug, record_id, change]) if change else ""
    return {"toast": {"text": text, "undo_url": url}}


@require_POST
@of_type
def undo_change(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, change: int
) -> HttpResponse:
    """Take a change back, and show the record anew."""
    page = reverse("records:detail", args=[record_type.slug, record_id])
    try:
        undo(actor, record_type, record_id, change)
        told = {"toast": {"text": _("Put back as it was")}}
    except (Invalid, Refused) as problem:
        if isinstance(problem, NotFoundHere):
            raise
        told = {"toast": {"text": str(problem), "tone": "bad"}}
    if not request.headers.get("HX-Request"):
        return redirect(page)
    return HttpResponse(
        status=204,
        headers={
            "HX-Trigger": json.dumps(told | {"records:changed": {"id": str(record_id)}}),
            "HX-Refresh": "true" if "tone" not in told["toast"] else "false",
        },
    )
