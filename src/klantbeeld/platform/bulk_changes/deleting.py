"""Deleting some thousand records at once, by the rules of the write path; history keeps what they were."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes.applying import Places
from klantbeeld.platform.bulk_changes.outcome import Outcome
from klantbeeld.platform.events.public import emit_for_each
from klantbeeld.platform.records.bulk import Among, BulkWriter
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.writing import tell_followers

_HOLDING = (models.PROTECT, models.RESTRICT)


class Deleter:
    """Deletes records that the actor may delete and that no others hold on to."""

    def __init__(self, record_type: RecordType, actor: Actor, run: str) -> None:
        self.type, self.actor = record_type, actor
        self.model: Any = record_type.model
        self.bulk: BulkWriter = record_type.bulk(record_type, actor, {}, run)

    def apply(self, places: Places) -> Outcome:
        """Delete these records, in the current transaction."""
        outcome = Outcome()
        ids = [record_id for _place, record_id in places]
        there = self._locked(ids)
        missing = [each for each in ids if each not in there]
        if missing:
            outcome.barred = self.type.rows(self.actor).filter(Among("pk", missing, "uuid")).count()
            outcome.gone = len(missing) - outcome.barred
        held = self._held(list(there))
        outcome.refused = [(record_id, _belonging([names])) for record_id, names in held.items()]
        self._delete([each for each in there if each not in held], outcome)
        if outcome.changed:
            self.bulk.removed([there[each] for each in outcome.changed])
            tell_followers(self.type, outcome.changed)
            emit_for_each(f"{self.type.slug}.deleted", outcome.changed, {})
        return outcome

    def _locked(self, ids: Sequence[UUID]) -> dict[UUID, Any]:
        if not self.type.deletable:
            return {}
        rows = self.type.rows(self.actor, "delete").filter(Among("pk", ids, "uuid"))
        if self.type.changeable:  # what nobody can change needs no lock, and its table gives none
            rows = rows.select_for_update(of=("self",))
        return {one.pk: one for one in rows.order_by("pk")}

    def _held(self, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """Those that others hold on to, with the name of the first kind that does."""
        held: dict[UUID, str] = {}
        for relation in self.model._meta.related_objects:
            if relation.on_delete in _HOLDING and ids:
                link = relation.field.attname
                rows = relation.related_model._default_manager.filter(Among(link, ids, "uuid"))
                name = str(relation.related_model._meta.verbose_name_plural)
                held = dict.fromkeys(rows.values_list(link, flat=True).distinct(), name) | held
        return held

    def _delete(self, ids: Sequence[UUID], outcome: Outcome) -> None:
        """What is held by way of what goes with a record is found by halves."""
        if not ids:
            return
        try:
            with transaction.atomic():
                self.model._default_manager.filter(Among("pk", ids, "uuid")).delete()
        except (ProtectedError, RestrictedError) as problem:
            if len(ids) > 1:
                self._delete(ids[: len(ids) // 2], outcome)
                self._delete(ids[len(ids) // 2 :], outcome)
                return
            holders = problem.protected_objects if isinstance(problem, ProtectedError) else problem.restricted_objects
            names = sorted({str(each._meta.verbose_name_plural) for each in holders})
            outcome.refused.append((ids[0], _belonging(names)))
            return
        outcome.changed += ids


def _belonging(names: Iterable[str]) -> str:
    return _("This can't be deleted while there are %(names)s that belong to it.") % {"names": ", ".join(names)}
