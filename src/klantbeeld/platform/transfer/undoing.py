"""Taking an import back as a whole, from what history says of it."""

from collections.abc import Callable, Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import models, transaction

from klantbeeld.platform.audit.models import Change, Recorded
from klantbeeld.platform.events.public import emit
from klantbeeld.platform.jobs.acting import actor_of
from klantbeeld.platform.jobs.public import Progress, job
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.records.bulk import Among, BulkWriter
from klantbeeld.platform.records.bulk.restoring import Restorer
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.writing import tell_followers
from klantbeeld.platform.transfer.models import Import

AT_ONCE = 5000


def may_undo(actor: Any, imported: Import) -> bool:
    """Whether `actor` may take an import back: who did it, and owners."""
    return actor.grants.everything or (actor.member_id is not None and actor.member_id == imported.member_id)


@job("undo")
def run_undo(progress: Progress) -> None:
    """Undo an import, batch by batch. Safe to repeat: what is taken back already is found no more."""
    imported = Import.objects.get(id=progress.job.arguments["import"])
    record_type = registry.get(imported.record_type)
    actor = actor_of(progress.job.member_id)
    if not may_undo(actor, imported):
        raise NotAllowed
    undo = Undo(record_type, record_type.bulk(record_type, actor, {}, ""), str(imported.job_id))
    undo.counts |= progress.job.checkpoint
    undo.go(progress)
    Import.objects.filter(id=imported.id).update(undone=undo.counts)


class Undo:
    """What an import created goes, unless it was changed since or other records hold on to it; what it changed gets
    its former values back, where nobody changed them again. Today's rights hold: to change and delete these records,
    and to write these fields. `run` is the id of the import's job."""

    def __init__(self, record_type: RecordType, bulk: BulkWriter, run: str) -> None:
        self.type, self.bulk, self.run = record_type, bulk, run
        self.origin = f"import {run}"
        self.model: Any = record_type.model
        self.table = self.model._meta.db_table
        self.counts = {"deleted": 0, "restored": 0, "kept": 0, "held": 0, "barred": 0}

    def go(self, progress: Progress) -> None:
        """Do it all, and count in `counts`."""
        done = 0
        steps: tuple[tuple[Iterator[list[UUID]], Callable[[list[UUID]], None]], ...] = (
            (self._recorded("change"), self._restore),
            (self._recorded("create") if issubclass(self.model, Recorded) else self._stamped(), self._remove),
        )
        for batches, step in steps:
            for ids in batches:
                with transaction.atomic():
                    step(ids)
                    done += len(ids)
                    progress.report(done, checkpoint=self.counts)
        progress.job.result = self.counts

    def _recorded(self, action: str) -> Iterator[list[UUID]]:
        mine = Change.objects.filter(table=self.table, origin=self.origin, action=action).order_by("id")
        last = 0
        while found := list(mine.filter(id__gt=last).values_list("id", "record_id")[:AT_ONCE]):
            last = found[-1][0]
            yield list({record_id for _id, record_id in found})

    def _stamped(self) -> Iterator[list[UUID]]:
        """The records of a table without history say themselves from which import they are."""
        mine = self.model._default_manager.filter(
            source="import", source_id__gte=f"{self.run}:", source_id__lt=f"{self.run};"
        )
        # Those that stay are passed, not met again.
        last = UUID(int=0)
        while found := list(mine.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            last = found[-1]
            yield found

    def _rows(self, ids: Collection[UUID]) -> "models.QuerySet[Any]":
        return self.model._default_manager.filter(Among("pk", ids, "uuid"))

    def _locked(self, ids: list[UUID], action: str) -> dict[UUID, Any]:
        """The records on which the actor may do this, as they are and stay until the end of the transaction."""
        reached = self.type.rows(self.bulk.actor, action).filter(Among("pk", ids, "uuid"))
        if self.type.changeable:  # what nobody can change needs no lock, and its table gives none
            reached = reached.select_for_update(of=("self",))
        found = {one.pk: one for one in reached.order_by("pk")}
        there = self._rows([each for each in ids if each not in found])
        self.counts["barred"] += there.count()
        return found

    def _restore(self, ids: list[UUID]) -> None:
        before = self._locked(ids, "change")
        restorer = Restorer(self.bulk, self.origin)
        restored = restorer.put_back(before)
        self.counts["restored"] += len(restored)
        if restored:
            restorer.follow(restored, before)
            self._tell(restored)

    def _remove(self, ids: list[UUID]) -> None:
        there = self._locked(ids, "delete")
        changed = Change.objects.filter(Among("record_id", [*there], "uuid"), table=self.table)
        later = set(changed.exclude(origin=self.origin).values_list("record_id", flat=True))
        self.counts["kept"] += len(later)
        going = [each for each in there if each not in later]
        held = self._held(going)
        self.counts["held"] += len(held)
        going = [each for each in going if each not in held]
        if going:
            self._rows(going).delete()
            self.bulk.removed([there[each] for each in going])
            self._tell(going)
        self.counts["deleted"] += len(going)

    def _held(self, ids: list[UUID]) -> set[UUID]:
        """Records to which others refer that don't belong to them."""
        held: set[UUID] = set()
        for relation in self.model._meta.related_objects:
            if relation.related_model not in self.bulk.belongings:
                link = relation.field.attname
                rows = relation.related_model._default_manager.filter(Among(link, ids, "uuid"))
                held |= set(rows.values_list(link, flat=True))
        return held

    def _tell(self, ids: list[UUID]) -> None:
        tell_followers(self.type, ids)
        emit(f"{self.type.slug}.import_undone", {"count": len(ids)})
