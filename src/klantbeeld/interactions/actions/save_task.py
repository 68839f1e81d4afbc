"""Making, changing and finishing a task."""

from collections.abc import Iterable
from uuid import UUID

from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.interactions.models import Interaction, Task
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.writing import Writer


class TaskWriter(Writer):
    """A task that is done stands on the customer's timeline."""

    def after_save(self, instance: Task, changed: set[str], created: bool) -> None:
        if "done_at" in changed:
            tell_done([instance], self.actor.member_id)


def tell_done(tasks: Iterable[Task], member_id: UUID | None) -> None:
    """Write the tasks that are done into the ledgers of their customers."""
    Interaction.objects.bulk_create(
        Interaction(
            customer_id=task.customer_id,
            at=task.done_at,
            channel=Channel.TASK,
            direction=Direction.INTERNAL,
            member_id=member_id,
            summary=task.title,
            body=task.note,
            source="tasks",
            source_id=f"{task.id} {clock.now():%Y%m%d%H%M%S%f}",
        )
        for task in tasks
        if task.customer_id is not None and task.done_at is not None
    )
