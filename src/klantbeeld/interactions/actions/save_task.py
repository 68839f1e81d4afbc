"""Making, changing and finishing a task."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.interactions.actions.repeat_task import make_next, take_back_next
from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.interactions.models import Interaction, Task
from klantbeeld.interactions.reminders import Remind, moment_of, next_of
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.writing import Writer

_WHEN = {"due_on", "due_time", "remind", "remind_on", "owner"}


class TaskWriter(Writer):
    """A task that is done stands on the customer's timeline, once for each time it was finished.

    Its reminder follows from the day and time on its owner's clock; one that repeats is made anew when it is done.
    """

    completes = ("remind_at",)

    def __init__(self, record_type: RecordType, actor: Actor) -> None:
        super().__init__(record_type, actor)
        # An import asks for thousands of tasks of a few colleagues.
        self._zone = lru_cache(maxsize=500)(self._zone_of)

    def complete(self, record: Any, changed: set[str], created: bool) -> None:
        if record.due_time and record.due_on is None and "due_time" in changed:
            raise Invalid({"due_on": [_("Give the day, too: a time alone doesn’t say when.")]})
        if record.remind and "remind" in changed:
            _check_reminder(record)
        if created or changed & _WHEN:
            zone = self._zone(getattr(record, "owner_id", None))
            moments = [moment_of(record.remind, record.due_on, record.due_time, zone), record.remind_on]
            record.remind_at = next_of(moments, clock.now(), record.remind_at)

    def _zone_of(self, owner_id: UUID | None) -> ZoneInfo:
        zone = ""
        if owner_id is not None and owner_id != self.actor.member_id:
            zone = Member.objects.filter(id=owner_id).values_list("user__timezone", flat=True).first() or ""
            zone = zone or self.actor.tenant.timezone
        return ZoneInfo(zone or self.actor.timezone)

    def before_save(self, instance: Task, changed: set[str], created: bool) -> None:
        self.done_before = not created and Task.objects.filter(pk=instance.pk, done_at__isnull=False).exists()

    def after_save(self, instance: Task, changed: set[str], created: bool) -> None:
        if not self.done_before:
            tell_done([instance], self.actor.member_id)
            if instance.done_at is not None:
                make_next(self.actor, self.type, instance)
        elif instance.done_at is None:
            take_back_next(self.type, instance)


def _check_reminder(record: Any) -> None:
    if record.due_on is None:
        raise Invalid({"due_on": [_("Give the day before which it has to be done, or no reminder.")]})
    if record.remind == Remind.HOUR_BEFORE and not record.due_time:
        raise Invalid({"due_time": [_("Give the time, too: the reminder comes an hour before.")]})


def tell_done(tasks: Iterable[Task], member_id: UUID | None) -> None:
    """Write the tasks that are done into the ledgers of their customers; one that stands there is left alone."""
    Interaction.objects.bulk_create(
        (
            Interaction(
                customer_id=task.customer_id,
                at=task.done_at,
                channel=Channel.TASK,
                direction=Direction.INTERNAL,
                member_id=member_id,
                summary=task.title,
                body=task.note,
                source="tasks",
                source_id=f"{task.id} {task.done_at:%Y%m%d%H%M%S%f}",
            )
            for task in tasks
            if task.customer_id is not None and task.done_at is not None
        ),
        ignore_conflicts=True,
    )
