"""Changing one value where it stands."""

import json
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.records import first_shown
from klantbeeld.platform.records.cells import Reader
from klantbeeld.platform.records.facts import fact
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.first_shown import Overtaken
from klantbeeld.platform.records.inputs import inputs, posted
from klantbeeld.platform.records.paging import Order
from klantbeeld.platform.records.reading import Page, one, value_of
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.saved_views import columns
from klantbeeld.platform.records.shown_columns import shown_columns
from klantbeeld.platform.records.table import Table, drawn, field_names
from klantbeeld.platform.records.undo import change_undoably
from klantbeeld.platform.records.views.door import of_type


@require_http_methods(["GET", "HEAD", "POST"])
@of_type
def edit_field(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, name: str) -> HttpResponse:
    """GET: the control for one field (`?show=1`: its value again). POST: store it and show the value, with an undo.

    `?cells=name,city` says that the field stands in a list with these columns: the control is one for a cell, and what
    comes back after storing is the row.
    """
    fields = {key: each for key, each in record_type.writable(actor).items() if key == name}
    if not fields or name not in record_type.readable(actor):
        raise NotFoundHere
    field = fields[name]
    context = _place(request, record_type, record_id)
    if request.method == "POST":
        return _changed(request, actor, record_type, record_id, field)
    row = one(actor, record_type, record_id)
    if "show" in request.GET:
        shown = fact(record_type, field, row, Reader(actor), writable=True)
        return render(request, "records/fact.html", context | {"fact": shown})
    value = {name: value_of(row, field)}
    context |= {"input": inputs(actor, fields, value, {})[name]}
    context |= {"first_shown": json.dumps(first_shown.of(actor, fields, value))}
    return render(request, _editor(request), context)


def _place(request: HttpRequest, record_type: RecordType, record_id: UUID) -> dict[str, Any]:
    return {"record_type": record_type, "id": record_id, "here": request.get_full_path()}


def _editor(request: HttpRequest) -> str:
    return "records/edit_cell.html" if "cells" in request.GET else "records/edit_field.html"


def _changed(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, field: RecordField
) -> HttpResponse:
    """Store the value that was sent, and show it, with an undo; what is wrong is said beside the control."""
    name, fields = field.name, {field.name: field}
    context = _place(request, record_type, record_id)
    now = {name: value_of(one(actor, record_type, record_id, (name,)), field)}
    shown = first_shown.read(request.POST, first_shown.of(actor, fields, now))
    raw = posted(actor, fields, request.POST)
    check = partial(first_shown.check, actor, fields, shown, raw)
    try:
        change = change_undoably(actor, record_type, record_id, raw, check)
    except Invalid as problem:
        errors = {name: [text for texts in problem.errors.values() for text in texts]}
        context |= {"input": inputs(actor, fields, raw, errors)[name]}
        context |= {"first_shown": json.dumps(problem.theirs if isinstance(problem, Overtaken) else shown)}
        return render(request, _editor(request), context, status=422)
    if "cells" in request.GET:
        response = render(request, "records/table_rows.html", {"table": _row(request, actor, record_type, record_id)})
    else:
        told = fact(record_type, field, one(actor, record_type, record_id), Reader(actor), writable=True)
        response = render(request, "records/fact.html", context | {"fact": told})
    text = _("%(field)s changed") % {"field": capfirst(str(field.label))}
    response["HX-Trigger"] = json.dumps(toast_of_change(record_type, record_id, text, change))
    return response


def _row(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> Table:
    """The record as the row of a list with the columns of the address: other cells may show the same value."""
    shown = shown_columns(actor, record_type, columns.read(request.GET["cells"][:8000]))
    names = field_names(shown)
    readable = record_type.readable(actor)
    row = one(actor, record_type, record_id, names)
    page = Page([row], {name: readable[name] for name in names}, Order("", "", descending=False))
    return drawn(actor, record_type, page, shown, lambda sort: "")


def toast_of_change(record_type: RecordType, record_id: UUID, text: str, change: int | None) -> dict[str, object]:
    """The notice of a change, with the address that takes it back; without one when nothing changed (None)."""
    url = reverse("records:undo", args=[record_type.slug, record_id, change]) if change else ""
    return {"toast": {"text": text, "undo_url": url}}
