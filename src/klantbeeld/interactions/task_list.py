"""The open tasks of a customer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from klantbeeld.interactions.actions.note_down import Kind, kinds_open_to
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import parse
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.addresses import detail_url
from klantbeeld.platform.records.reading import Query, page
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui import formats

SHOWN = 8
OPEN = parse({"all": [{"field": "done_at", "op": "is_empty"}]})


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task as it stands in the list: `due` says when it has to be done, `late` whether that was before today."""

    id: UUID
    title: str
    owner: str
    due: str
    late: bool
    url: str
    done_url: str


def open_tasks(actor: Actor, customer_id: UUID) -> dict[str, Any] | None:
    """The context of `interactions/tasks.html`; None when this actor may not see tasks or may not see all it takes."""
    tasks = registry.get("tasks")
    needed = ("title", "customer", "done_at")
    if not gates.may(actor, "read", tasks) or not all(gates.readable(actor, tasks, name) for name in needed):
        return None
    sort = "due_on" if gates.readable(actor, tasks, "due_on") else ""
    found = page(
        actor, tasks, Query(OPEN, sort, size=SHOWN, within=("customer", customer_id)), ("title", "owner", "due_on")
    )
    may_finish = gates.writable(actor, tasks, "done_at") and gates.may(actor, "change", tasks)
    today = clock.now().astimezone(ZoneInfo(actor.timezone)).date()
    return {
        "tasks": [_task(row, today, actor, may_finish) for row in found.rows],
        "more_tasks": bool(found.next),
        "may_add": Kind.TASK in kinds_open_to(actor),
    }


def _task(row: dict[str, Any], today: date, actor: Actor, may_finish: bool) -> OpenTask:
    due_on = row.get("due_on")
    return OpenTask(
        id=row["id"],
        title=row["title"],
        owner=row.get("owner__label") or "",
        due=_due(due_on, today, actor.language) if due_on else "",
        late=bool(due_on and due_on < today),
        url=detail_url("tasks", row["id"]),
        done_url=reverse("interactions:finish", args=[row["id"]]) if may_finish else "",
    )


def _due(due_on: date, today: date, locale: str) -> str:
    days = (due_on - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    text = formats.near_date(due_on, today, locale)
    return _("since %(day)s") % {"day": text} if days < 0 else text
