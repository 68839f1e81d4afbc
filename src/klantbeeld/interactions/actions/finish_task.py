"""Finishing a task with one press."""

from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.registry import registry


def finish_task(actor: Actor, task_id: UUID) -> bool:
    """Mark a task as done now; False when it was done already, and then nothing changes.

    Raises NotFoundHere when this actor may not change such a task.
    """
    tasks = registry.get("tasks")
    if tasks.rows(actor, "change").filter(pk=task_id, done_at__isnull=False).exists():
        return False
    tasks.writer(tasks, actor).change(task_id, {"done_at": clock.now().replace(microsecond=0)})
    return True
