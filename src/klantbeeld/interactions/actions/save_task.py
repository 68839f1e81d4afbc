"""Making, changing and finishing a task."""

from collections.abc import Iterable
from uuid import UUID

from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.interactions.models import Interaction, Task
from klantbeeld.platform.records.writing import Writer


class TaskWriter(Writer):
    """A task that is done stands on the customer's timeline, once for each time it was finished."""

    def before_save(self, instance: Task, changed: set[str], created: bool) -> None:
        self.done_before = not created and Task.objects.filter(pk=instance.pk, done_at__isnull=False).exists()

    def after_save(self, instance: Task, changed: set[str], created: bool) -> None:
        if not self.done_before:
            tell_done([instance], self.actor.member_id)


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
