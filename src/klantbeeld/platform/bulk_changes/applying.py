"""Changing one field of some thousand records at once, by the rules of the write path."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Reach
from klantbeeld.platform.bulk_changes.instruction import How, Instruction
from klantbeeld.platform.bulk_changes.outcome import Outcome
from klantbeeld.platform.events.public import emit_for_each
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.bulk import Among, BulkWriter, Changer, Written
from klantbeeld.platform.records.bulk.staging import update
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.writing import tell_followers, value_in

Places = Sequence[tuple[int, UUID]]
"""Records with their place in the row of all that are changed."""


class Applier:
    """Follows an instruction. A field that stands alone is written by one statement for all records; for any other the
    records are read, completed and checked one by one, and then written together."""

    def __init__(self, record_type: RecordType, actor: Actor, instruction: Instruction, run: str) -> None:
        self.type, self.actor, self.instruction = record_type, actor, instruction
        self.field = instruction.field
        self.bulk: BulkWriter = record_type.bulk(record_type, actor, {self.field.name: self.field}, run)
        self.model: Any = record_type.model
        self.column: Any = self.model._meta.get_field("custom" if self.field.json else self.field.path)

    def apply(self, places: Places) -> Outcome:
        """Change these records, in the current transaction."""
        outcome = Outcome()
        if self.bulk.stands_alone(self.field):
            try:
                with transaction.atomic():
                    self._alone(places, outcome)
            except (IntegrityError, DataError):
                # One of them clashes: which, is found out one by one.
                outcome = Outcome()
                self._one_by_one(places, outcome)
        else:
            self._one_by_one(places, outcome)
        return outcome

    def _alone(self, places: Places, outcome: Outcome) -> None:
        now = self._locked(places)
        self._note_missing(places, now, outcome)
        becoming: dict[UUID, Any] = {}
        for place, record_id in places:
            if record_id in now:
                try:
                    value = self._becomes(now[record_id], place)
                except Invalid as problem:
                    outcome.refused.append((record_id, _sentence(problem)))
                    continue
                if value == now[record_id]:
                    outcome.same += 1
                else:
                    becoming[record_id] = value
        lost = self._write(becoming)
        outcome.refused += [(record_id, str(_("You may not give this record to somebody else."))) for record_id in lost]
        outcome.changed = [record_id for record_id in becoming if record_id not in lost]
        self._tell(outcome.changed, {})

    def _locked(self, places: Places) -> dict[UUID, Any]:
        """What the column holds in the records that the actor may change, which stay so until the transaction ends."""
        if not self.type.changeable:
            return {}
        rows = self.type.rows(self.actor, "change").filter(Among("pk", [each for _place, each in places], "uuid"))
        locked = rows.select_for_update(of=("self",)).order_by("pk")
        return dict(locked.values_list("pk", self.column.attname))

    def _note_missing(self, places: Places, reached: Mapping[UUID, Any], outcome: Outcome) -> None:
        missing = [record_id for _place, record_id in places if record_id not in reached]
        if missing:
            outcome.barred = self.type.rows(self.actor).filter(Among("pk", missing, "uuid")).count()
            outcome.gone = len(missing) - outcome.barred

    def _becomes(self, current: Any, place: int) -> Any:
        """What the column becomes, which for an own field holds the others, too."""
        if not self.field.json:
            return self.instruction.applied(current, place)
        key = self.field.path
        value = self.instruction.applied(current.get(key), place)
        others = {name: kept for name, kept in current.items() if name != key}
        return others if value is None else others | {key: value}

    def _write(self, becoming: Mapping[UUID, Any]) -> set[UUID]:
        """Write the values; returns the records that would then belong to others than the actor may change, and which
        are left as they were."""
        if not becoming:
            return set()
        with transaction.atomic():
            self._store(becoming)
            lost = self._lost(becoming)
            if lost:
                transaction.set_rollback(True)
        if lost:
            rest = {record_id: value for record_id, value in becoming.items() if record_id not in lost}
            if rest:
                self._store(rest)
        return lost

    def _store(self, becoming: Mapping[UUID, Any]) -> None:
        columns = self.model._meta.concrete_fields
        moment = {each.attname: clock.now() for each in columns if getattr(each, "auto_now", False)}
        name = self.column.attname
        if self.instruction.how in {How.SET, How.CLEAR} and not self.field.json:
            rows = self.model._default_manager.filter(Among("pk", [*becoming], "uuid"))
            rows.update(**{name: self.instruction.value}, **moment)
            return
        update(
            self.model,
            [self.column, *(each for each in columns if each.attname in moment)],
            (SimpleNamespace(id=record_id, **{name: value}, **moment) for record_id, value in becoming.items()),
        )

    def _lost(self, becoming: Mapping[UUID, Any]) -> set[UUID]:
        owner = (self.type.owner or "").split("__")[0]
        if self.actor.grants.reach(self.type.slug, "change") is Reach.ALL or owner != self.field.path:
            return set()
        rows = self.type.rows(self.actor, "change").filter(Among("pk", [*becoming], "uuid"))
        return set(becoming) - set(rows.values_list("pk", flat=True))

    def _one_by_one(self, places: Places, outcome: Outcome) -> None:
        reached = self._locked(places)
        self._note_missing(places, reached, outcome)
        changer, written = _Filler(self), Written()
        ids = dict(places)

        def refuse(place: int, errors: dict[str, list[str]]) -> None:
            texts = [text for found in errors.values() for text in found]
            outcome.refused.append((ids[place], " ".join(texts)))

        changer.change_rows([each for each in places if each[1] in reached], written, refuse)
        outcome.changed = [one.pk for one in written.changed]
        outcome.same = len(reached) - len(outcome.changed) - len(outcome.refused)
        if outcome.changed:
            self.bulk.follow_up(written)
            self._tell(outcome.changed, written.names)

    def _tell(self, ids: Sequence[UUID], names: Mapping[UUID, set[str]]) -> None:
        """`names` are the fields that were given, by record, where others may follow from them."""
        if ids:
            tell_followers(self.type, ids, None if names else [self.field.name])
            emit_for_each(f"{self.type.slug}.changed", ids, {"fields": [self.field.name]})


class _Filler(Changer):
    """Gives each record the value that the instruction says."""

    def __init__(self, applier: Applier) -> None:
        super().__init__(applier.bulk)
        self.instruction = applier.instruction

    def fill(self, one: Any, place: int) -> set[str]:
        field = self.instruction.field
        current = value_in(one, field)
        value = self.instruction.applied(current, place)
        if value == current:
            return set()
        self.bulk.writer.put(one, field, value)
        return {field.name}


def _sentence(problem: Invalid) -> str:
    return " ".join(str(text) for texts in problem.errors.values() for text in texts)
