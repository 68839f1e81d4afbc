"""What one was told: the list, the number that counts, opening and marking."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.notifications.actions.mark import mark_all_read, mark_read, mark_seen
from klantbeeld.platform.notifications.queries import MOST_COUNTED, page, unseen
from klantbeeld.platform.notifications.telling import told
from klantbeeld.platform.records.views.door import for_actor

CHANGED = "notifications:changed"


@require_safe
@for_actor
def show_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The latest first; `?unread=1` only those, `?after=` a later page, `?part=1` the list alone."""
    unread = request.GET.get("unread") == "1"
    found = page(actor, unread, request.GET.get("after", ""))
    context = {
        "items": found.items,
        "unread": unread,
        "next": found.next,
        "first": not request.GET.get("after"),
    }
    template = "notifications/items.html" if "part" in request.GET else "notifications/list.html"
    response = render(request, template, context)
    mark_seen(actor, found.ids)
    if "part" in request.GET and found.ids:
        response["HX-Trigger"] = CHANGED
    return response


@require_safe
@for_actor
def count(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How many are new, as the menu shows it; nothing for none."""
    number = unseen(actor)
    shown = f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
    return render(request, "notifications/count.html", {"number": number, "shown": shown})


@require_safe
@for_actor
def open_notification(request: HttpRequest, actor: Actor, notification_id: UUID) -> HttpResponse:
    """Go to what it is about; it is read then. When that can't be seen any more, to the list."""
    found = told(actor, [mark_read(actor, notification_id)])
    return redirect(found[0].url if found and found[0].url else "notifications:list")


@require_POST
@for_actor
def mark(request: HttpRequest, actor: Actor, notification_id: UUID) -> HttpResponse:
    """Mark one as read (`read=1`) or as unread (`read=0`), and show it anew."""
    marked = mark_read(actor, notification_id, request.POST.get("read") != "0")
    if not request.headers.get("HX-Request"):
        return redirect("notifications:list")
    found = told(actor, [marked])
    if not found:
        raise NotFoundHere
    response = render(request, "notifications/item.html", {"item": found[0]})
    response["HX-Trigger"] = CHANGED
    return response


@require_POST
@for_actor
def mark_all(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Mark all as read, and show the list."""
    number = mark_all_read(actor)
    if not request.headers.get("HX-Target"):
        return redirect("notifications:list")
    text = ngettext("%(number)d marked as read", "%(number)d marked as read", number) % {"number": number}
    found = page(actor)
    response = render(request, "notifications/items.html", {"items": found.items, "next": found.next, "first": True})
    told_now = {"toast": {"text": text if number else _("Everything was read already")}, CHANGED: {}}
    response["HX-Trigger"] = json.dumps(told_now)
    return response
