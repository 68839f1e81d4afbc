"""The page of one record, made of panels; its values can be changed in place."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.cells import Reader, safe, value_cell
from klantbeeld.platform.records.facts import sections
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.page_links import page_links
from klantbeeld.platform.records.panels import Area, Panel, panels_of
from klantbeeld.platform.records.reading import one, reaches
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.related_panel import related_panels
from klantbeeld.platform.records.views import as_of
from klantbeeld.platform.records.views.door import of_type, title_of


@require_safe
@of_type
def show_detail(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """The page of one record; `?as_of=` shows it as it was."""
    if as_of.PARAMETER in request.GET:
        return as_of.show_detail_as_of(request, actor, record_type, record_id)
    row = one(actor, record_type, record_id)
    changeable = record_type.changeable and reaches(actor, record_type, "change", record_id)
    deletable = record_type.deletable and reaches(actor, record_type, "delete", record_id)
    base = list_url(record_type.slug)
    context: dict[str, Any] = {
        "record_type": record_type,
        "record": row,
        "title": title_of(actor, record_type, row),
        "base": base,
        "url": f"{base}{record_id}/",
        "about": about(actor, record_type, row),
        "kind": row.get(record_type.avatar or "", "person"),
        "sections": sections(actor, record_type, row, changeable),
        "changeable": changeable,
        "deletable": deletable,
        "links": page_links(actor, record_type.slug, record_id),
        "story_label": next((panel.label for panel in panels_in(record_type, "story")), ""),
    }
    for area in ("head", "story", "facts"):
        context[area] = drawn_panels(request, actor, record_type, row, area, context)
    return render(request, "records/detail.html", context)


def about(actor: Actor, record_type: RecordType, row: dict[str, Any]) -> list[SafeString]:
    """The line under the name: the values of the fields that the type declares for it."""
    readable, reader = record_type.readable(actor), Reader(actor)
    drawn = [_told(readable[name], reader, row) for name in record_type.about if name in readable]
    return [safe(each) for each in drawn if each]


def _told(field: RecordField, reader: Reader, row: dict[str, Any]) -> str:
    # A date or a name alone doesn't say what it is.
    value = escape(row[field.label_key] or "") if field.kind is Kind.USER else value_cell(field, reader)(row)
    return f"{escape(field.label)} {value}" if value and field.kind in {Kind.USER, Kind.DATE} else value


def panels_in(record_type: RecordType, area: Area) -> list[Panel]:
    """The panels of an area: those that packages made, then the plain ones for other related records."""
    return [*panels_of(record_type.slug, area), *related_panels(record_type, area)]


def drawn_panels(
    request: HttpRequest, actor: Actor, record_type: RecordType, row: dict[str, Any], area: Area, page: dict[str, Any]
) -> list[SafeString]:
    """The panels of an area as HTML; those that have nothing to say are left out."""
    drawn = [drawn_panel(request, actor, row, panel, page) for panel in panels_in(record_type, area)]
    return [each for each in drawn if each is not None]


def drawn_panel(
    request: HttpRequest, actor: Actor, row: dict[str, Any], panel: Panel, page: dict[str, Any]
) -> SafeString | None:
    """One panel as HTML; None when it has nothing to say."""
    context = panel.context(actor, row)
    if context is None:
        return None
    return render_to_string(panel.template, {**page, "panel": panel, **context}, request)


@require_safe
@of_type
def show_panel(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, key: str) -> HttpResponse:
    """One panel of a record's page, for a page that knows that it has changed. Nothing when it has nothing to say."""
    row = one(actor, record_type, record_id)
    areas: tuple[Area, ...] = ("head", "story", "facts")
    panel = next((each for area in areas for each in panels_in(record_type, area) if each.key == key), None)
    if panel is None:
        raise NotFoundHere
    page = {"record_type": record_type, "record": row, "title": title_of(actor, record_type, row)}
    return HttpResponse(drawn_panel(request, actor, row, panel, page) or "")
