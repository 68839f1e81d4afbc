"""Reminding people of their tasks when it is time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from klantbeeld.interactions.models import Task
from klantbeeld.interactions.reminders import moment_of, next_of
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.notifications.public import notify
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

REMINDER = "reminder"
_AT_ONCE = 500


def recall_due() -> int:
    """Tell the owners of the tasks whose moment has come, in every organisation; how many were told.

    Telling and noting that it was told are one transaction, and two that look at once don't see the same task: each
    moment is told once, whenever a worker dies.
    """
    number = 0
    for tenant in Tenant.objects.all():
        with entered(Scope(tenant.id, origin="reminder")):
            while found := _recall_some(tenant):
                number += found
    return number


@transaction.atomic
def _recall_some(tenant: Tenant) -> int:
    now = clock.now()
    rows = Task.objects.select_for_update(skip_locked=True, of=("self",)).select_related("owner__user")
    due = list(rows.filter(remind_at__lte=now, done_at=None).order_by("remind_at")[:_AT_ONCE])
    for task in due:
        told = task.remind_at
        if task.owner_id is not None and told is not None:
            key = f"{task.pk} {told.isoformat()}"
            notify(REMINDER, [task.owner_id], ("tasks", task.pk), {"at": told.isoformat()}, key=key)
        task.remind_at = _next(task, tenant, now)
    Task.objects.bulk_update(due, ["remind_at"])
    return len(due)


def _next(task: Task, tenant: Tenant, now: datetime) -> datetime | None:
    zone = task.owner.user.timezone if task.owner else ""
    moments = [moment_of(task.remind, task.due_on, task.due_time, ZoneInfo(zone or tenant.timezone)), task.remind_on]
    return next_of(moments, now)
