"""One's own open tasks as a day shows them: what is late, what is for today, for the coming week, and later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import parse
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.addresses import detail_url, list_url
from klantbeeld.platform.records.day_parts import DayPart, add_day_part
from klantbeeld.platform.records.reading import Query, page
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui import formats

SHOWN = 30
LATER_SHOWN = 5
_MINE = parse({"all": [{"field": "owner", "op": "is_me"}, {"field": "done_at", "op": "is_empty"}]})
_NEEDED = ("title", "owner", "done_at")


@dataclass(frozen=True, slots=True)
class DayTask:
    """A task as it stands in the day. `customer` is "" where there is none or it may not be seen."""

    id: UUID
    title: str
    url: str
    customer: str
    customer_url: str
    due: str
    late: bool
    repeats: bool


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Tasks under one heading."""

    label: str
    tasks: list[DayTask]


def add_day() -> None:
    """Put the tasks on the page of the day; called once, at start-up."""
    add_day_part(
        DayPart("tasks", "main", 10, gettext_lazy("To do"), "interactions/day.html", day_of_tasks, "records.tasks")
    )


def day_of_tasks(actor: Actor) -> Mapping[str, Any] | None:
    """The context of `interactions/day.html`; None when this actor may not see tasks, or not all it takes."""
    tasks = registry.get("tasks")
    if not gates.may_read(actor, tasks, *_NEEDED):
        return None
    dated = gates.readable(actor, tasks, "due_on")
    names = ("title", "customer", "due_on", "due_time", "repeats")
    found = page(actor, tasks, Query(_MINE, "due_on" if dated else "", size=SHOWN), names)
    today = clock.now().astimezone(ZoneInfo(actor.timezone)).date()
    groups = _groups([(row.get("due_on"), _task(row, today, actor.language)) for row in found.rows], today)
    return {
        "groups": groups,
        "more": bool(found.next) or sum(len(each.tasks) for each in groups) < len(found.rows),
        "empty": not found.rows,
        "list_url": f"{list_url('tasks')}?view=mine",
        "may_finish": gates.writable(actor, tasks, "done_at") and gates.may(actor, "change", tasks),
        "may_add": gates.may_create(actor, tasks),
        "new_url": reverse("records:new", args=["tasks"]),
    }


def _groups(tasks: list[tuple[date | None, DayTask]], today: date) -> list[DayGroup]:
    week_ends = today + timedelta(days=7)
    labels = {
        "late": _("Late"),
        "today": _("Today"),
        "week": _("The coming week"),
        "later": _("Later"),
        "": _("Any day"),
    }
    found: dict[str, list[DayTask]] = {name: [] for name in labels}
    for due_on, task in tasks:
        if due_on is None:
            name = ""
        elif due_on < today:
            name = "late"
        elif due_on == today:
            name = "today"
        else:
            name = "week" if due_on <= week_ends else "later"
        found[name].append(task)
    found["later"] = found["later"][:LATER_SHOWN]
    return [DayGroup(labels[name], each) for name, each in found.items() if each]


def _task(row: Mapping[str, Any], today: date, locale: str) -> DayTask:
    due_on, at = row.get("due_on"), row.get("due_time") or ""
    if due_on is None:
        due = ""
    elif due_on == today:
        due = at or _("today")
    else:
        due = " ".join(part for part in (formats.near_date(due_on, today, locale), at) if part)
    customer = row.get("customer__label") or ""
    return DayTask(
        id=row["id"],
        title=row["title"],
        url=detail_url("tasks", row["id"]),
        customer=customer,
        customer_url=detail_url("customers", row["customer_id"]) if customer else "",
        due=due,
        late=due_on is not None and due_on < today,
        repeats=bool(row.get("repeats")),
    )
