"""The job that does a bulk change: batch by batch, each in one transaction with the note of how far it is."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Max, UUIDField, Value
from django.db.models.functions import Coalesce

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.bulk_changes import instruction
from klantbeeld.platform.bulk_changes.applying import Applier
from klantbeeld.platform.bulk_changes.deleting import Deleter
from klantbeeld.platform.bulk_changes.models import KIND, BulkChange
from klantbeeld.platform.bulk_changes.outcome import Report
from klantbeeld.platform.bulk_changes.selection import Selection
from klantbeeld.platform.jobs.acting import actor_of
from klantbeeld.platform.jobs.public import Progress, job
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

AT_ONCE = 5_000
"""Records in one transaction."""


@job(KIND)
def run_bulk_change(progress: Progress) -> None:
    """Do a bulk change from where it is."""
    change = BulkChange.objects.defer("targets").get(id=progress.job.arguments["change"])
    Run(change, progress, actor_of(progress.job.member_id)).go()


class Run:
    """One bulk change from its checkpoint on. Which records it is about is settled when it begins, so that those that
    don't meet the condition any more once they are changed aren't lost."""

    def __init__(self, change: BulkChange, progress: Progress, actor: Actor) -> None:
        self.change, self.progress, self.actor = change, progress, actor
        self.type = registry.get(change.record_type)
        self.checkpoint = progress.job.checkpoint
        self.report = Report(self.checkpoint.get("report"))

    def go(self) -> None:
        """Do what is left."""
        if "total" not in self.checkpoint:
            self._settle()
        worker = worker_of(self.type, self.actor, self.change, str(self.progress.job.id))
        done, total = int(self.checkpoint["done"]), int(self.checkpoint["total"])
        while done < total:
            ids = targets(self.change, done, done + AT_ONCE)
            with transaction.atomic():
                self.report.add(worker.apply(list(enumerate(ids, start=done))))
                done += len(ids)
                self._note(done, total)
        self.progress.job.result = self.report.data
        BulkChange.objects.filter(id=self.change.id).update(report=self.report.data, history_to=_latest())

    def _settle(self) -> None:
        """Note which records it is about, in the order of their ids."""
        change = self.change
        selection = selection_of(change)
        rows = selection.rows(self.actor, self.type).order_by("pk").values("pk")
        none = Value([], output_field=ArrayField(UUIDField()))
        with transaction.atomic():
            BulkChange.objects.filter(id=change.id).update(
                targets=Coalesce(ArraySubquery(rows), none), history_from=_latest()
            )
            total = BulkChange.objects.filter(id=change.id).values_list("targets__len", flat=True).get() or 0
            self.checkpoint = {"done": 0, "total": total}
            self._note(0, total)

    def _note(self, done: int, total: int) -> None:
        self.checkpoint = {"done": done, "total": total, "report": self.report.data}
        self.progress.report(done, total, self.checkpoint)


def worker_of(record_type: RecordType, actor: Actor, change: BulkChange, run: str) -> Applier | Deleter:
    """What does a bulk change to some of its records. Raises Refused when it can't be done any more."""
    if change.action == "delete":
        return Deleter(record_type, actor, run)
    return Applier(record_type, actor, instruction.kept(actor, record_type, change.instruction), run)


def selection_of(change: BulkChange) -> Selection:
    """Which records were picked."""
    return Selection(None if change.ids is None else tuple(change.ids), change.condition, change.picked_at)


def targets(change: BulkChange, begin: int, end: int) -> Sequence[UUID]:
    """The records from place `begin` to before `end`."""
    rows = BulkChange.objects.filter(id=change.id)
    found: Any = rows.values_list(f"targets__{begin}_{end}", flat=True).get()
    return list(found or ())


def _latest() -> int:
    return int(Change.objects.aggregate(latest=Coalesce(Max("id"), 0))["latest"])
