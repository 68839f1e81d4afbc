"""The start page, and doing a task on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.interactions.public import finish_task as done
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.records.day_parts import DayPart, day_parts
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.site.today import blocks_for, is_fresh, part_of_day


@require_safe
def show_today(request: HttpRequest) -> HttpResponseBase:
    """The start page of who is signed in; `?block=tasks` is one part of it. Without an organisation: what to do."""
    if request.tenant is None:  # type: ignore[attr-defined]
        return render(request, "site/nobody_here.html", status=404)
    return _today(request)


@for_actor
def _today(request: HttpRequest, actor: Actor) -> HttpResponse:
    if "block" in request.GET:
        return HttpResponse(_one(request, actor, request.GET["block"]))
    now = timezone.localtime()
    parts = [(part, part.context(actor)) for part in day_parts()]
    blocks = blocks_for(actor)
    greetings = {
        "morning": _("Good morning, %(name)s"),
        "afternoon": _("Good afternoon, %(name)s"),
        "evening": _("Good evening, %(name)s"),
    }
    context = {
        "day": date_format(now, "l j F"),
        "greeting": greetings[part_of_day(now)] % {"name": actor.name.partition(" ")[0]},
        "fresh": all(found is None or found["empty"] for _part, found in parts) and is_fresh(actor, blocks),
        "may_create": gates.may_create(actor, registry.get("customers")),
        "may_invite": actor.may(MANAGE_PEOPLE),
    }
    for area in ("main", "side"):
        drawn = [_drawn(request, part, found) for part, found in parts if part.area == area and found is not None]
        plain = [_block(request, each) for each in blocks if each.block.area == area]
        context[area] = [*drawn, *plain]
    return render(request, "site/today.html", context)


def _one(request: HttpRequest, actor: Actor, key: str) -> SafeString:
    """One part or block, for a page that knows that it has changed. Raises NotFoundHere."""
    for part in day_parts():
        if part.key == key and (found := part.context(actor)) is not None:
            return _drawn(request, part, found)
    for each in blocks_for(actor, [key]):
        return _block(request, each)
    raise NotFoundHere


def _drawn(request: HttpRequest, part: DayPart, found: object) -> SafeString:
    context = dict(found) if isinstance(found, dict) else {}
    return render_to_string(part.template, context | {"part": part}, request)


def _block(request: HttpRequest, filled: object) -> SafeString:
    return render_to_string("site/block.html", {"filled": filled}, request)


@require_POST
@for_actor
def finish_task(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """Mark a task as done now, for a page without scripts, and show the day again."""
    try:
        change = done(actor, task_id)
    except Invalid as problem:
        messages.error(request, str(problem))
        return redirect("home")
    messages.success(request, _("This task was done already") if change is None else _("Done"))
    return redirect("home")
