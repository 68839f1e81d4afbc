"""How long it takes to change a field of many customers, and to put it back, beside what the bare UPDATE takes."""

import time
from typing import Any

from django.db import transaction

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes.public import BulkChange, Selection, set_field, undo
from klantbeeld.platform.jobs.models import Job
from klantbeeld.platform.records.bulk import Among
from klantbeeld.platform.records.registry import registry
from klantbeeld.site.bench.imports import wait_for
from klantbeeld.site.bench.report import Single

ROWS = 100_000
_FLOOR_SECONDS = 10.0
_STAGE = "lead"


def measured(actor: Actor, rows: int = ROWS) -> list[Single]:
    """Change the stage of so many customers by way of the worker, and undo that. The current tenant is the actor's.

    The customers are as before afterwards. Raises TimeoutError when it takes longer than anyone would wait.
    """
    customers = registry.get("customers")
    model: Any = customers.model
    ids = list(model.objects.order_by("pk").values_list("pk", flat=True)[:rows])
    bare = _bare(model, ids)
    begun = time.monotonic()
    change = set_field(actor, customers, Selection.picked(ids), "stage", _STAGE)
    seconds = _until_done(change.job, begun)
    begun = time.monotonic()
    back = undo(actor, BulkChange.objects.select_related("job").get(id=change.id))
    undone = _until_done(back.undo_job, begun)
    floor = _FLOOR_SECONDS if len(ids) == ROWS else None
    name = f"bulk change of {len(ids):,} rows"
    return [
        Single(name, seconds, "s", floor),
        Single(f"{name}, undone", undone, "s", floor),
        Single(f"{name}, as many times the bare UPDATE", seconds / bare, "x"),
    ]


def _bare(model: Any, ids: list[Any]) -> float:
    """The seconds that one UPDATE of these rows takes, history included; it is taken back."""
    with transaction.atomic():
        begun = time.monotonic()
        model.objects.filter(Among("pk", ids, "uuid")).update(stage=_STAGE)
        seconds = time.monotonic() - begun
        transaction.set_rollback(True)
    return seconds


def _until_done(job: Job | None, begun: float) -> float:
    if job is not None:
        wait_for(job)
    return time.monotonic() - begun
