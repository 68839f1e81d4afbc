"""The import itself: batch by batch, each in one transaction with the note of how far we are."""

from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction

from klantbeeld.platform.events.public import emit
from klantbeeld.platform.jobs.acting import actor_of
from klantbeeld.platform.jobs.public import Progress, job
from klantbeeld.platform.records.bulk import Batch
from klantbeeld.platform.records.bulk.merging import Merger, Mode, Outcome
from klantbeeld.platform.tenancy.statistics import analyse, has_outgrown
from klantbeeld.platform.transfer.ahead import batches
from klantbeeld.platform.transfer.mapping import plan_of
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.plan import Plan
from klantbeeld.platform.transfer.refused import RefusedFile
from klantbeeld.platform.transfer.report import Report

_MANY = 5_000
"""New rows from which the planner should hear of them at once."""


@job("import")
def run_import(progress: Progress) -> None:
    """Do an import from where it is."""
    _run(progress, checking=False)


@job("check")
def run_check(progress: Progress) -> None:
    """Do everything an import does, and take each batch back: what would come of it."""
    _run(progress, checking=True)


def _run(progress: Progress, checking: bool) -> None:
    imported = Import.objects.get(id=progress.job.arguments["import"])
    Run(imported, progress, checking).go()


def _without_waiting_for_the_disk() -> None:
    """Let the next batch begin while the log of this one is still being written, for the current transaction.

    A server that crashes within that fraction of a second loses whole batches together with their checkpoints, and the
    import goes on from the one before. Nobody was told that it is done: that is said by a later commit which does wait,
    and the log is written in order.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


class Run:
    """One import from its checkpoint on. What it keeps in memory is no more than what the checkpoint says."""

    def __init__(self, imported: Import, progress: Progress, checking: bool) -> None:
        self.imported, self.progress, self.checking = imported, progress, checking
        checkpoint = progress.job.checkpoint
        self.consumed = int(checkpoint.get("consumed", 0))
        self.report = Report(checkpoint.get("report"))
        self.plan: Plan = plan_of(imported, actor_of(progress.job.member_id), str(progress.job.id))
        bulk = self.plan.bulk()
        self.merger = Merger(bulk, self.plan.drafter(bulk), Mode(imported.mode), checking)
        path = Path(default_storage.path(imported.refused_name))
        size, delimiter = int(checkpoint.get("refused", 0)), self.plan.dialect.delimiter or ","
        self.refused = RefusedFile(path, self.plan.headers, bulk.fields, size, delimiter)

    def go(self) -> None:
        """Import what is left of the file."""
        self.progress.report(self.consumed, self.imported.rows)
        with closing(batches(self.plan, self.consumed)) as made:
            for batch in made:
                self._settle(batch)
        self._finish()

    def _settle(self, batch: Batch) -> None:
        if self.checking:
            outcome = self._tried(batch)
            self.report.add(outcome)
            self._note(batch)
            return
        with transaction.atomic():
            _without_waiting_for_the_disk()
            outcome = self.merger.merge(batch)
            self.report.add(outcome)
            written = outcome.created + outcome.changed
            if written:
                emit(f"{self.plan.record_type}.imported", {"import": str(self.imported.id), "count": written})
            self.refused.add(outcome.refused)
            self._note(batch)

    def _tried(self, batch: Batch) -> Outcome:
        with transaction.atomic():
            outcome = self.merger.merge(batch)
            transaction.set_rollback(True)
        return outcome

    def _note(self, batch: Batch) -> None:
        checkpoint = {"consumed": batch.consumed, "refused": self.refused.size, "report": self.report.data}
        self.progress.report(batch.consumed, max(self.imported.rows, batch.consumed), checkpoint)
        self.consumed = batch.consumed

    def _finish(self) -> None:
        if not self.checking and self.report.data["created"] >= _MANY:
            for model in self.merger.bulk.tables:
                if has_outgrown(model, self.report.data["created"]):
                    analyse(model)
        self.progress.job.result = self.report.data
        self.progress.report(self.consumed, self.consumed)
        changes: dict[str, Any] = {"checked" if self.checking else "report": self.report.data}
        if not self.checking and self.report.data["refused"]:
            changes["refused_file"] = self.imported.refused_name
        Import.objects.filter(id=self.imported.id).update(rows=self.consumed, **changes)
