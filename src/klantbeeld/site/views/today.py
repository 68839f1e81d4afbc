"""The start page, and doing a task on it."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.interactions.public import finish_task as done
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.platform.records.views.field import toast_of_change
from klantbeeld.site.today import blocks_for, is_fresh, part_of_day


@require_safe
def show_today(request: HttpRequest) -> HttpResponseBase:
    """The start page of who is signed in; `?block=tasks` is one block of it. Without an organisation: what to do."""
    if request.tenant is None:  # type: ignore[attr-defined]
        return render(request, "site/nobody_here.html", status=404)
    return _today(request)


@for_actor
def _today(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.localtime()
    context = {"today": now.date(), "day": date_format(now, "l j F")}
    if "block" in request.GET:
        blocks = blocks_for(actor, [request.GET["block"]])
        if not blocks:
            raise NotFoundHere
        return render(request, "site/block.html", context | {"filled": blocks[0]})
    blocks = blocks_for(actor)
    greetings = {
        "morning": _("Good morning, %(name)s"),
        "afternoon": _("Good afternoon, %(name)s"),
        "evening": _("Good evening, %(name)s"),
    }
    context |= {
        "greeting": greetings[part_of_day(now)] % {"name": actor.name.partition(" ")[0]},
        "main": [each for each in blocks if each.block.area == "main"],
        "side": [each for each in blocks if each.block.area == "side"],
        "fresh": is_fresh(actor, blocks),
        "may_create": gates.may_create(actor, registry.get("customers")),
        "may_invite": actor.may(MANAGE_PEOPLE),
    }
    return render(request, "site/today.html", context)


@require_POST
@for_actor
def finish_task(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """Mark a task as done now, and show the block of tasks without it."""
    try:
        change = done(actor, task_id)
    except Invalid as problem:
        messages.error(request, str(problem))
        return redirect("home")
    text = _("This task was done already") if change is None else _("Done")
    if not request.headers.get("HX-Target"):
        messages.success(request, text)
        return redirect("home")
    blocks = blocks_for(actor, ["tasks"])
    response = render(request, "site/block.html", {"filled": blocks[0], "today": timezone.localdate()})
    response["HX-Trigger"] = json.dumps(toast_of_change(registry.get("tasks"), task_id, text, change))
    return response
