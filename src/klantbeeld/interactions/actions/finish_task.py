"""Finishing a task with one press."""

from typing import Any
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.undo import change_undoably


class _DoneAlready(Exception):
    """Somebody was first."""


def finish_task(actor: Actor, task_id: UUID) -> int | None:
    """Mark a task as done now; None when it was done already, and then nothing changes.

    Returns the number of the change, by which it can be taken back. Raises NotFoundHere when this actor may not change
    such a task.
    """
    try:
        now = clock.now().replace(microsecond=0)
        return change_undoably(actor, registry.get("tasks"), task_id, {"done_at": now}, _check_open)
    except _DoneAlready:
        return None


def _check_open(task: Any) -> None:
    if task.done_at is not None:
        raise _DoneAlready
