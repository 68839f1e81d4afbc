"""The page of one record, made of panels; its values can be changed in place."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.cells import Reader, safe, value_cell
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.page_links import page_links
from klantbeeld.platform.records.panels import Area, Panel, panels_of
from klantbeeld.platform.records.reading import one, reaches
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.related_panel import related_panels
from klantbeeld.platform.records.views.door import of_type, title_of


@dataclass(frozen=True)
class Fact:
    """A field with its drawn value; `edit_url` is where its control comes from, "" when it can't be written."""

    name: str
    label: Any
    value: SafeString
    edit_url: str


@dataclass(frozen=True)
class Facts:
    """A section: the facts that are known, and those that are still open."""

    label: Any
    filled: list[Fact]
    open: list[Fact]


@require_safe
@of_type
def show_detail(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """The page of one record."""
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


def sections(actor: Actor, record_type: RecordType, row: dict[str, Any], changeable: bool) -> list[Facts]:
    """The declared sections with the facts that may be read; own fields come last. Empty sections are left out."""
    readable = record_type.readable(actor)
    writable = record_type.writable(actor) if changeable else {}
    reader = Reader(actor)
    declared = [(section.label, section.fields) for section in record_type.sections]
    own = tuple(name for name, field in readable.items() if field.own)
    made = []
    for label, names in [*declared, ("", own)]:
        facts = [fact(record_type, readable[name], row, reader, name in writable) for name in names if name in readable]
        if facts:
            made.append(
                Facts(label, [each for each in facts if each.value], [each for each in facts if not each.value])
            )
    return made


def fact(record_type: RecordType, field: RecordField, row: dict[str, Any], reader: Reader, writable: bool) -> Fact:
    """One field of a record, drawn."""
    url = reverse("records:field", args=[record_type.slug, row["id"], field.name]) if writable else ""
    return Fact(field.name, field.label, safe(value_cell(field, reader)(row)), url)
