"""Taking a bulk change back as a whole, from what history says of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import AppendOnly, Change
from klantbeeld.platform.bulk_changes import instruction
from klantbeeld.platform.bulk_changes.bringing_back import Bringer
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.bulk_changes.outcome import NAMED
from klantbeeld.platform.bulk_changes.running import AT_ONCE, targets
from klantbeeld.platform.events.public import emit_for_each
from klantbeeld.platform.jobs.acting import actor_of
from klantbeeld.platform.jobs.public import Progress, job
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.records.bulk import Among, BulkWriter
from klantbeeld.platform.records.bulk.restoring import Restorer
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.writing import tell_followers

UNDO_KIND = "bulk undo"
_NOTHING: dict[str, Any] = {"restored": 0, "kept": 0, "barred": 0, "gone": 0, "named": []}


def may_undo(actor: Actor, change: BulkChange) -> bool:
    """Whether `actor` may take a bulk change back: who did it, and owners."""
    return actor.grants.everything or (actor.member_id is not None and actor.member_id == change.member_id)


@job(UNDO_KIND)
def run_undo(progress: Progress) -> None:
    """Undo a bulk change from where it is: rights are those of today."""
    change = BulkChange.objects.defer("targets").get(id=progress.job.arguments["change"])
    actor = actor_of(progress.job.member_id)
    if not may_undo(actor, change):
        raise NotAllowed
    record_type = registry.get(change.record_type)
    bulk = record_type.bulk(record_type, actor, record_type.writable(actor), "")
    back = Bringer(bulk, change) if change.action == "delete" else FormerValues(bulk, change)
    checkpoint = progress.job.checkpoint
    done, counts = int(checkpoint.get("done", 0)), {**_NOTHING, **checkpoint.get("counts", {})}
    while ids := targets(change, done, done + AT_ONCE):
        with transaction.atomic():
            _count(counts, *back.bring(ids))
            done += len(ids)
            progress.report(done, checkpoint={"done": done, "counts": counts})
    progress.job.result = counts
    BulkChange.objects.filter(id=change.id).update(undone=counts)


def _count(counts: dict[str, Any], restored: int, kept: Sequence[UUID], barred: int, gone: int) -> None:
    counts["restored"] += restored
    counts["kept"] += len(kept)
    counts["barred"] += barred
    counts["gone"] += gone
    counts["named"] = [*counts["named"], *map(str, kept)][:NAMED]


class FormerValues:
    """Gives records their former value back, where the new one still stands."""

    def __init__(self, bulk: BulkWriter, change: BulkChange) -> None:
        self.bulk, self.type, self.change = bulk, bulk.type, change
        self.model: Any = self.type.model
        self.restorer = Restorer(bulk, change.origin)
        # Raises Refused when the field is gone, or may not be written any more.
        self.field = instruction.field_of(bulk.actor, self.type, change.instruction)

    def bring(self, ids: Sequence[UUID]) -> tuple[int, list[UUID], int, int]:
        """How many of these got their value back, which didn't since somebody changed them, and how many may not be
        changed or aren't there any more."""
        rows = self.type.rows(self.bulk.actor, "change").filter(Among("pk", ids, "uuid"))
        locked = rows.select_for_update(of=("self",)).order_by("pk")
        if self.bulk.stands_alone(self.field):
            held = set(locked.values_list("pk", flat=True))
            back = set(self.restorer.put_back_alone(held, self.field))
        else:
            before = {one.pk: one for one in locked}
            held = set(before)
            back = set(self.restorer.put_back(held))
            if back:
                self.restorer.follow(list(back), before)
        self._tell(list(back))
        rest = self._ours([each for each in ids if each not in back])
        missing = [each for each in rest if each not in held]
        there = self.model._default_manager.filter(Among("pk", missing, "uuid")).count() if missing else 0
        return len(back), [each for each in rest if each in held], there, len(missing) - there

    def _ours(self, ids: Sequence[UUID]) -> list[UUID]:
        """Those of these that the bulk change changed."""
        if not ids:
            return []
        rows = Change.objects.filter(Among("record_id", ids, "uuid"), table=self.model._meta.db_table, action="change")
        found = set(rows.filter(origin=self.change.origin).values_list("record_id", flat=True))
        return [each for each in ids if each in found]

    def _tell(self, ids: Sequence[UUID]) -> None:
        if ids:
            tell_followers(self.type, ids, [self.field.name] if self.bulk.stands_alone(self.field) else None)
            emit_for_each(f"{self.type.slug}.changed", ids, {"fields": [self.field.name]})


def undoable(record_type: RecordType) -> bool:
    """Whether history keeps what a bulk change replaces or deletes in records of this type."""
    return record_type.model.recorded or issubclass(record_type.model, AppendOnly)  # type: ignore[attr-defined]
