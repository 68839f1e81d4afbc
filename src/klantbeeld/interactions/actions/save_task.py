"""Making, changing and finishing a task."""

from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.interactions.models import Interaction, Task
from klantbeeld.platform.records.writing import Writer


class TaskWriter(Writer):
    """A task that is done stands on the customer's timeline, once for each time it was finished."""

    def before_save(self, instance: Task, changed: set[str], created: bool) -> None:
        self.done_before = not created and Task.objects.filter(pk=instance.pk, done_at__isnull=False).exists()

    def after_save(self, instance: Task, changed: set[str], created: bool) -> None:
        if instance.customer_id is None or instance.done_at is None or self.done_before:
            return
        finished = Interaction(
            customer_id=instance.customer_id,
            at=instance.done_at,
            channel=Channel.TASK,
            direction=Direction.INTERNAL,
            member_id=self.actor.member_id,
            summary=instance.title,
            body=instance.note,
            source="tasks",
            source_id=f"{instance.id} {instance.done_at:%Y%m%d%H%M%S%f}",
        )
        Interaction.objects.bulk_create([finished], ignore_conflicts=True)
