"""What the timeline says of tasks that were finished."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from klantbeeld.interactions.sources import Thing
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.registry import registry


def task_things(actor: Actor, source_ids: Sequence[str]) -> Mapping[str, Thing]:
    """By source id ("<task id> <when it was done>"): whether the task was opened again since."""
    by_task: dict[UUID, list[str]] = {}
    for source_id in source_ids:
        by_task.setdefault(UUID(source_id.partition(" ")[0]), []).append(source_id)
    rows = registry.get("tasks").rows(actor).filter(id__in=by_task, done_at__isnull=True).values_list("id", flat=True)
    reopened = Thing(state=_("open again"), tone="info")
    return {source_id: reopened for task in rows for source_id in by_task[task]}
