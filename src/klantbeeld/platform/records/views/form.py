"""Making and changing a record on a form, and deleting it."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.records import first_shown
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.first_shown import Overtaken
from klantbeeld.platform.records.inputs import Input, inputs, posted
from klantbeeld.platform.records.reading import one, value_of
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type, title_of

_FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM_METHODS)
@of_type
def create(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """A form for a new record; what the address gives as `?field=value` is filled in. `?all=1` shows every field."""
    if not record_type.creatable or not gates.may_create(actor, record_type):
        raise NotAllowed
    quick = bool(record_type.quick) and "all" not in request.GET
    fields = _fields(actor, record_type, record_type.quick if quick else None)
    values: Mapping[str, Any] = _defaults(fields) | {name: request.GET[name] for name in fields if name in request.GET}
    problem = None
    if request.method == "POST":
        values = posted(actor, fields, request.POST)
        try:
            given = {name: value for name, value in values.items() if value not in ("", None, [])}
            made = record_type.writer(record_type, actor).create(given)
        except Invalid as refused:
            problem = refused
        else:
            return _after(request, record_type, made.pk, _("Saved"))
    context = _form(actor, record_type, fields, values, problem) | {
        "quick": quick,
        "title": _("New %(what)s") % {"what": record_type.label},
    }
    return render(request, "records/form.html", context, status=422 if problem else 200)


@require_http_methods(_FORM_METHODS)
@of_type
def change(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """A form for an existing record; only what differs from what the form showed is written."""
    if not record_type.changeable or not record_type.rows(actor, "change").filter(pk=record_id).exists():
        raise NotFoundHere
    row = one(actor, record_type, record_id)
    fields = _fields(actor, record_type, None)
    before = {name: value_of(row, field) for name, field in fields.items()}
    shows = first_shown.of(actor, fields, before)
    values: Mapping[str, Any] = before
    problem = None
    if request.method == "POST":
        shown = first_shown.read(request.POST, shows)
        given = first_shown.touched(shown, posted(actor, fields, request.POST))
        check = partial(first_shown.check, actor, fields, shown, given)
        try:
            if given:
                record_type.writer(record_type, actor).change(record_id, given, check)
        except Invalid as refused:
            problem = refused
            # What nobody touched is shown as it is now; what was typed stays, beside what it was typed over.
            values = before | given
            theirs = refused.theirs if isinstance(refused, Overtaken) else {}
            shows |= {name: shown[name] for name in given} | theirs
        else:
            return _after(request, record_type, record_id, _("Saved"))
    context = _form(actor, record_type, fields, values, problem) | {
        "first_shown": json.dumps(shows),
        "title": title_of(actor, record_type, row),
        "back": reverse("records:detail", args=[record_type.slug, record_id]),
    }
    return render(request, "records/form.html", context, status=422 if problem else 200)


@require_POST
@of_type
def delete(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """Delete a record, after the page has asked."""
    try:
        record_type.writer(record_type, actor).delete(record_id)
    except Invalid as refused:
        messages.error(request, str(refused))
        return redirect("records:detail", record_type.slug, record_id)
    messages.success(request, _("Deleted. History keeps what it was."))
    return redirect("records:list", record_type.slug)


def _fields(actor: Actor, record_type: RecordType, names: tuple[str, ...] | None) -> dict[str, RecordField]:
    writable = record_type.writable(actor)
    readable = record_type.readable(actor)
    if names is None:
        declared = [name for section in record_type.sections for name in section.fields]
        names = (*declared, *(name for name, field in writable.items() if field.json))
    required = tuple(name for name, field in writable.items() if field.required and name not in names)
    return {name: writable[name] for name in (*names, *required) if name in writable and name in readable}


def _defaults(fields: dict[str, RecordField]) -> dict[str, Any]:
    with_default = {name: each.column for name, each in fields.items() if each.column is not None}
    return {name: column.get_default() for name, column in with_default.items() if column.has_default()}


def _form(
    actor: Actor,
    record_type: RecordType,
    fields: dict[str, RecordField],
    values: Mapping[str, Any],
    problem: Invalid | None,
) -> dict[str, Any]:
    errors = {name: [str(text) for text in texts] for name, texts in problem.errors.items()} if problem else {}
    controls = inputs(actor, fields, values, errors)
    placed: set[str] = set()
    sections: list[tuple[Any, list[Input]]] = []
    for section in record_type.sections:
        inside = [controls[name] for name in section.fields if name in controls]
        placed.update(section.fields)
        if inside:
            sections.append((section.label, inside))
    rest = [control for name, control in controls.items() if name not in placed]
    if rest:
        sections.append(("", rest))
    whole = [text for name, texts in errors.items() if name not in fields for text in texts]
    return {
        "record_type": record_type,
        "sections": sections,
        "whole": whole,
        "problem": problem,
        "back": reverse("records:list", args=[record_type.slug]),
    }


def _after(request: HttpRequest, record_type: RecordType, record_id: UUID, text: str) -> HttpResponse:
    messages.success(request, text)
    following = request.POST.get("next", "")
    if following.startswith("/") and not following.startswith(("//", "/\\")):
        return redirect(following)
    return redirect("records:detail", record_type.slug, record_id)
