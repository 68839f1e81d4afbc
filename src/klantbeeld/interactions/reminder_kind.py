"""How a reminder of a task is told."""

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.interactions.actions.recall_tasks import REMINDER
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.notifications.public import Around, Kind, Mail, Notification, Words, register_kind
from klantbeeld.platform.records.reading import some
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui import formats


def register_reminders() -> None:
    """Make them known; called once, at start-up."""
    register_kind(Kind(REMINDER, gettext_lazy("A reminder of a task"), "clock", tell_reminders, Mail.HOURLY, 15))


def tell_reminders(around: Around, notifications: Sequence[Notification]) -> Mapping[UUID, Words]:
    """What there is to be done, and before when."""
    ids = {each.record_id for each in notifications if each.record_id}
    rows = {row["id"]: row for row in some(around.actor, registry.get("tasks"), ids, ("title", "due_on", "due_time"))}
    today = clock.now().astimezone(ZoneInfo(around.actor.timezone)).date()
    made = {}
    for each in notifications:
        row = rows.get(each.record_id) if each.record_id else None
        if row is None:
            continue
        values = {"title": around.title(each)}
        if due_on := row.get("due_on"):
            day = formats.near_date(due_on, today, around.actor.language)
            values["when"] = f"{day}, {row['due_time']}" if row.get("due_time") else day
            made[each.id] = Words(_("Reminder: %(title)s, before %(when)s") % values)
        else:
            made[each.id] = Words(_("Reminder: %(title)s") % values)
    return made
