"""Beginning a bulk change or its undoing: at once when it is small, else in the background."""

from django.utils.text import capfirst

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes.models import KIND, BulkChange
from klantbeeld.platform.bulk_changes.undoing import UNDO_KIND
from klantbeeld.platform.jobs.public import JobState, go_on, prepare, run_here, start
from klantbeeld.platform.records.registry import registry

SMALL = 200
"""So many records are changed while one waits."""


def claim(actor: Actor, change: BulkChange, number: int | None) -> None:
    """Give a change of `number` records (None: who knows) its job, in the transaction in which its row is locked."""
    small = number is not None and number <= SMALL
    change.job = (prepare if small else start)(actor, KIND, _title(change), {"change": str(change.id), "here": small})
    change.save(update_fields=["job"])


def claim_undo(actor: Actor, change: BulkChange) -> None:
    """Give the undoing of a change its job, in the transaction in which its row is locked; one that broke off goes on
    in the background."""
    if change.undo_job is not None:
        go_on(change.undo_job)
        return
    small = change.job is not None and change.job.done <= SMALL
    arguments = {"change": str(change.id), "here": small}
    change.undo_job = (prepare if small else start)(actor, UNDO_KIND, _title(change), arguments)
    change.save(update_fields=["undo_job"])


def begin(change: BulkChange) -> BulkChange:
    """Do what was claimed last, when it is small, outside any transaction; returns the change as it is then."""
    job = change.undo_job or change.job
    if job is not None and job.state == JobState.WAITING and job.arguments["here"]:
        run_here(job)
    return BulkChange.objects.select_related("member", "job", "undo_job").defer("targets").get(id=change.id)


def _title(change: BulkChange) -> str:
    found = registry.find(change.record_type)
    return capfirst(str(found.label_plural)) if found else change.record_type
