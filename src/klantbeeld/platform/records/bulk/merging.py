"""Batches into the table: recognise, link, write, follow up, each set-wise and all in the caller's transaction."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.grants import Reach
from klantbeeld.platform.records.bulk import staging
from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.bulk.changing import CellChanger
from klantbeeld.platform.records.bulk.drafting import Batch, Drafter, Refusal
from klantbeeld.platform.records.bulk.guarding import is_guarded
from klantbeeld.platform.records.bulk.writer import BulkWriter, Found, Written, targets
from klantbeeld.platform.records.writing import tell_followers


class Mode(StrEnum):
    """What an import may do."""

    CREATE = "create"
    CHANGE = "change"
    BOTH = "both"


@dataclass
class Outcome:
    """What became of a batch: numbers of rows, and the rows that were refused."""

    created: int = 0
    changed: int = 0
    left: int = 0
    refused: list[Refusal] = field(default_factory=list)


class Merger:
    """Merges batches that `drafter` made. `checking` leaves out what follows from a write, for a trial."""

    def __init__(self, bulk: BulkWriter, drafter: Drafter, mode: Mode, checking: bool = False) -> None:
        self.bulk, self.drafter, self.mode, self.checking = bulk, drafter, mode, checking
        self.changer = CellChanger(bulk, drafter)
        self.all_new = mode is not Mode.CHANGE and is_guarded(bulk, drafter.key)

    def merge(self, batch: Batch) -> Outcome:
        """Write a batch, in the current transaction."""
        self.batch, self.outcome, self.written = batch, Outcome(refused=list(batch.refused)), Written()
        self.changer.rows_changed = 0
        if batch.ids:
            self._link()
            if not (self.all_new and self._created_at_once()):
                self._merge_by_row()
            if not self.checking:
                self._follow_up()
        self.outcome.created, self.outcome.changed = len(self.written.created), self.changer.rows_changed
        return self.outcome

    def _merge_by_row(self) -> None:
        self.batch.unpack()
        self.rows = self.batch.details
        self._say_what_is_unlinked()
        new, known = self._recognise()
        self._create(new)
        self._change(known)
        # As a rule what was true of this batch is true of the next one.
        self.all_new = len(new) == len(self.batch.ids) and is_guarded(self.bulk, self.drafter.key)

    def _created_at_once(self) -> bool:
        """Insert the whole batch on the assumption that all is new and well; False, and nothing done, when it isn't.

        What a key stands for isn't looked up: the unique index would refuse what is there already.
        """
        batch, actor = self.batch, self.bulk.actor
        unknown = any(wanted - self.linked[name].keys() for name, wanted in batch.wanted.items())
        if unknown or batch.repeats or not self._may_create():
            return False
        self._stage()
        try:
            with transaction.atomic():
                staging.insert_all(self.bulk.type.model, self.drafter.columns, self.tables, self.drafter.defaults)
                if actor.grants.reach(self.bulk.type.slug, "create") is not Reach.ALL and self._out_of_reach(batch.ids):
                    raise _Unreachable
        except (IntegrityError, DataError, _Unreachable):
            return False
        self.written.created = batch.ids
        return True

    def _may_create(self) -> bool:
        return self.bulk.type.creatable and gates.may_create(self.bulk.actor, self.bulk.type)

    def _refuse(self, place: int, errors: dict[str, list[str]]) -> None:
        self.outcome.refused.append(Refusal(self.rows.numbers[place], self.rows.cells[place], errors))

    # What links mean.

    def _link(self) -> None:
        self.found: dict[str, Found] = {}
        self.linked: dict[str, dict[str, UUID]] = {}
        for name, wanted in self.batch.wanted.items():
            found = targets(self.bulk.actor, self.bulk.fields[name], wanted) if wanted else {}
            self.found[name] = found
            self.linked[name] = {text: ids[0] for text, ids in found.items() if len(set(ids)) == 1}
            self.written.links[name] = set(self.linked[name].values())

    def _say_what_is_unlinked(self) -> None:
        self.unlinked: dict[int, dict[str, list[str]]] = {}
        for name, texts in self.rows.links.items():
            wanted = self.batch.wanted[name]
            problems = {text: _why_not(text, self.found[name]) for text in wanted - self.linked[name].keys()}
            for place, text in enumerate(texts if problems else ()):
                if text in problems:
                    self.unlinked.setdefault(place, {})[name] = [problems[text]]

    # Which rows are new.

    def _recognise(self) -> tuple[list[int], list[tuple[int, UUID | None]]]:
        keys, places = self.rows.keys, range(len(self.rows.numbers))
        found = self.bulk.find(self.drafter.key, set(keys)) if self.drafter.key else {}
        new: list[int] = []
        known: list[tuple[int, UUID | None]] = []
        seen: set[str] = set()
        for place in places:
            ids = found.get(keys[place], []) if keys[place] else []
            if place in self.unlinked:
                self._refuse(place, self.unlinked[place])
            elif len(ids) > 1:
                self._refuse(place, {self.drafter.key: [_("More than one record goes by this.")]})
            elif ids:
                known.append((place, ids[0]))
            elif keys[place] and keys[place] in seen:
                # The row before it makes the record that this one changes.
                known.append((place, None))
            else:
                seen.add(keys[place])
                new.append(place)
        return new, known

    # New records.

    def _create(self, new: list[int]) -> None:
        if self.mode is Mode.CHANGE:
            for place in new:
                self._refuse(place, {self.drafter.key: [_("There is no such record to change.")]})
            return
        if not self._may_create():
            for place in new:
                self._refuse(place, {"": [_("You may not add such records.")]})
            return
        if not new:
            return
        self._stage()
        staging.leave_out(set(range(len(self.batch.ids))) - set(new))
        refused = self._move(new)
        staging.leave_out(refused)
        self.written.created = [self.batch.ids[place] for place in new if place not in refused]

    def _stage(self) -> None:
        columns = self.drafter.columns
        self.tables = [self._staged(name) for name in self.linked]
        links = {each.given: "text" for each in self.tables}
        staging.load("staged", {staging.PLACE: "int", **staging.types(columns), **links}, self.batch.copy)
        for each, pairs in zip(self.tables, self.linked.values(), strict=True):
            staging.load_links(each.table, pairs)

    def _staged(self, name: str) -> staging.Linked:
        each = self.bulk.fields[name]
        given, table = f"given {name}", f"linked {name}"
        if each.json:
            return staging.Linked(given, table, own=each.path)
        column: Any = self.bulk.type.model._meta.get_field(each.path)
        return staging.Linked(given, table, column=str(column.column))

    def _move(self, new: Sequence[int]) -> set[int]:
        """Insert the staged rows; the places of those that were refused."""
        refused: set[int] = set()
        try:
            with transaction.atomic():
                clashing = self._inserted(None)
                unreachable = self._unreachable([place for place in new if place not in set(clashing)])
                if unreachable:
                    raise _Unreachable
        except _Unreachable:
            for place in unreachable:
                self._refuse(place, {"": [_("You may not give this record to somebody else.")]})
            staging.leave_out(unreachable)
            clashing = self._inserted(None)
            refused |= set(unreachable)
        except (IntegrityError, DataError):
            return self._move_by_halves(list(new))
        for place in clashing:
            self._refuse(place, {"": [_("This clashes with another record.")]})
        return refused | set(clashing)

    def _inserted(self, places: Sequence[int] | None) -> list[int]:
        return staging.insert(self.bulk.type.model, self.drafter.columns, self.tables, self.drafter.defaults, places)

    def _move_by_halves(self, places: list[int]) -> set[int]:
        """Find the rows that break a rule of the database, by trying ever smaller parts."""
        try:
            with transaction.atomic():
                clashing = set(self._inserted(places))
                unreachable = self._unreachable([place for place in places if place not in clashing])
                if unreachable:
                    raise _Unreachable
        except (IntegrityError, DataError, _Unreachable) as problem:
            if len(places) == 1:
                self._refuse(places[0], {"": [self._why(problem)]})
                return set(places)
            half = len(places) // 2
            return self._move_by_halves(places[:half]) | self._move_by_halves(places[half:])
        for place in clashing:
            self._refuse(place, {"": [_("This clashes with another record.")]})
        return clashing

    def _why(self, problem: Exception) -> str:
        if isinstance(problem, IntegrityError):
            return str(self.bulk.writer.conflict(problem))
        if isinstance(problem, DataError):
            return _("A value doesn't fit.")
        return _("You may not give this record to somebody else.")

    def _unreachable(self, places: list[int]) -> list[int]:
        """Rights are looked at again after the write: nobody makes rows that they could not have touched."""
        if self.bulk.actor.grants.reach(self.bulk.type.slug, "create") is Reach.ALL:
            return []
        missed = self._out_of_reach([self.batch.ids[place] for place in places])
        return [place for place in places if self.batch.ids[place] in missed]

    def _out_of_reach(self, ids: list[str]) -> set[str]:
        rows = self.bulk.type.rows(self.bulk.actor, "create").filter(Among("pk", ids, "uuid"))
        return set(ids) - {str(each) for each in rows.values_list("pk", flat=True)}

    # Known records.

    def _change(self, known: list[tuple[int, UUID | None]]) -> None:
        if not known:
            return
        if self.mode is Mode.CREATE or not self.bulk.type.changeable:
            self.outcome.left += len(known)
            return
        rows: list[tuple[int, UUID]] = []
        late = [place for place, record_id in known if record_id is None]
        found = self.bulk.find(self.drafter.key, {self.rows.keys[place] for place in late}) if late else {}
        for place, record_id in known:
            record_id = record_id or next(iter(found.get(self.rows.keys[place], [])), None)
            if record_id is None:
                self._refuse(place, {"": [_("The row above it with the same number was refused.")]})
            else:
                rows.append((place, record_id))
        self.changer.change(self.rows.cells, rows, self.linked, self.written, self._refuse)
        refused = len(self.batch.refused)
        told = len(self.outcome.refused) - refused
        settled = len(self.written.created) + self.changer.rows_changed + told
        self.outcome.left += len(self.batch.ids) - settled

    def _follow_up(self) -> None:
        self._side()
        self.bulk.follow_up(self.written)
        ids = self.written.ids
        if ids:
            tell_followers(self.bulk.type, ids)

    def _side(self) -> None:
        table = self.bulk.side_table
        if table is None or not self.batch.side or not self.written.created:
            return
        columns: list[Any] = [table._meta.get_field(name) for name in self.bulk.side_columns]
        staging.load("beside", staging.types(columns), self.batch.side)
        if len(self.written.created) == len(self.batch.ids):
            with suppress(IntegrityError), transaction.atomic():
                staging.insert_beside(table, columns, columns[1].column, whole=True)
                return
        staging.insert_beside(table, columns, columns[1].column, whole=False)


class _Unreachable(Exception):
    pass


def _why_not(text: str, found: Found) -> str:
    if text in found:
        return _("“%(text)s” is the name of more than one record.") % {"text": text[:60]}
    return _("There is no “%(text)s”, or you may not see it.") % {"text": text[:60]}
