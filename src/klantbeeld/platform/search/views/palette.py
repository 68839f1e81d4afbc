"""The palette's answers: what is found, what can be done, and a look at one record."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.cells import Reader, value_text
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import for_actor, of_type
from klantbeeld.platform.search import commands, drawing
from klantbeeld.platform.search.finding import find, hits_of
from klantbeeld.platform.search.recent import recent
from klantbeeld.platform.search.searchable import searchable_types
from klantbeeld.platform.ui import components, palette

_PER_TYPE = 5
_COMMANDS = 4
_ALL_COMMANDS = 40
_FACTS = 5


@for_actor
def show_palette(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The groups for what was typed (`?q=`): ">" asks for commands only, "#" for numbers, "@" for people."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if text.startswith(">"):
        return palette.answer(request, [palette.Group(_("Do"), commands.matching(actor, text[1:], _ALL_COMMANDS))])
    if not text:
        own = palette.Group(_("Yours, changed last"), [drawing.line(hit) for hit in recent(actor, _PER_TYPE)])
        return palette.answer(request, [own, palette.Group(_("Do"), commands.matching(actor, "", _ALL_COMMANDS))])
    kinds = kinds_of(text)
    asked = text[1:] if kinds is not None else text
    found = drawing.groups(find(actor, asked, _PER_TYPE, kinds), _PER_TYPE)
    if kinds is None:
        found.append(palette.Group(_("Do"), commands.matching(actor, asked, _COMMANDS)))
    if asked.strip():
        found.append(palette.Group(_("Everything else"), [_everything(asked)]))
    return palette.answer(request, found)


def kinds_of(text: str) -> list[str] | None:
    """The record types that the sign in front of `text` asks for: "#" those without avatars, "@" those with them."""
    if text[:1] not in {"#", "@"}:
        return None
    return [each.slug for each in searchable_types() if (each.avatar is not None) == (text[0] == "@")]


@of_type
def show_preview(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """A few facts of one record, for the side of the palette. 404 for one that the actor may not see."""
    found = hits_of(actor, record_type, [record_id])
    if not found:
        raise NotFoundHere
    readable = record_type.readable(actor)
    names = [name for name in record_type.columns if name in readable and name != record_type.title][:_FACTS]
    row = reading.one(actor, record_type, record_id, names)
    reader = Reader(actor)
    facts = []
    for name in names:
        field = readable[name]
        text = row[field.label_key] if field.is_link else ""
        facts.append((capfirst(str(field.label)), text or value_text(field, reader)(row)))
    return render(
        request,
        "search/preview.html",
        {"hit": found[0], "sign": drawing.sign_of(found[0], "l"), "facts": [fact for fact in facts if fact[1]]},
    )


def _everything(text: str) -> palette.Hit:
    return palette.Hit(
        title=_("Search everything for “%(text)s”") % {"text": text.strip()},
        url=f"{reverse('search:page')}?{urlencode({'q': text.strip()})}",
        sign=components.icon("search"),
    )
