"""The deleted records of a type, for whoever may bring them back."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.past import among_deleted
from klantbeeld.platform.records.record_type import RecordType

PAGE = 50
_AT_ONCE = 200
_MOST_BATCHES = 10


@dataclass(frozen=True)
class Deleted:
    """A deleted record as it was, and who deleted it ("" when the system did it)."""

    change: Change
    who: str

    @property
    def row(self) -> dict[str, Any]:
        """What it was, by column."""
        return {**(self.change.before or {}), "id": self.change.record_id}


def deletions(
    actor: Actor, record_type: RecordType, text: str = "", before: int | None = None
) -> tuple[list[Deleted], int | None]:
    """Up to fifty deleted records that `actor` could have deleted, the latest first, older than the change `before`,
    with `text` in their title; and where the next page begins, None at the end.

    A page may hold fewer where most deletions weren't this actor's to make. A title that may not be read isn't
    searched: then nothing is found.
    """
    found: list[Change] = []
    title = record_type.readable(actor).get(record_type.title)
    if not record_type.deletable or not gates.may(actor, "delete", record_type) or (text and title is None):
        return [], None
    rows = _all(record_type)
    if text and title is not None:
        rows = rows.filter(**{f"before__{title.path}__icontains": text})
    for _batch in range(_MOST_BATCHES):
        batch = list((rows.filter(id__lt=before) if before else rows)[:_AT_ONCE])
        theirs = among_deleted(actor, record_type, batch, "delete")
        for change in batch:
            if change.record_id in theirs:
                found.append(change)
                if len(found) == PAGE:
                    return _with_names(found), change.id if change is not batch[-1] or len(batch) == _AT_ONCE else None
        if len(batch) < _AT_ONCE:
            return _with_names(found), None
        before = batch[-1].id
    return _with_names(found), before


def _all(record_type: RecordType) -> Any:
    table = record_type.model._meta.db_table
    later = Change.objects.filter(table=table, action="delete", record_id=OuterRef("record_id"), id__gt=OuterRef("id"))
    of_type = {f"before__{column}": value for column, value in record_type.discriminator.items()}
    there = record_type.model._default_manager.filter(pk=OuterRef("record_id"))
    gone = Change.objects.filter(table=table, action="delete", before__isnull=False, **of_type)
    return gone.filter(~Exists(later), ~Exists(there)).order_by("-id")


def _with_names(found: list[Change]) -> list[Deleted]:
    names = dict(Member.objects.filter(pk__in={each.actor_id for each in found}).values_list("id", "name"))
    return [Deleted(each, names.get(each.actor_id, "") if each.actor_id else "") for each in found]
