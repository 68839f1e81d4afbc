"""Changing the records that a file names, where what it says differs from what they hold."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.grants import Reach
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.bulk import staging
from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.bulk.drafting import Cells, Drafter, store
from klantbeeld.platform.records.bulk.writer import BulkWriter, Written

Refuse = Callable[[int, dict[str, list[str]]], None]
Links = Mapping[str, Mapping[str, UUID]]


class Changer:
    """Changes records under row locks, each as `fill` says; what `fill` leaves as it was isn't written."""

    def __init__(self, bulk: BulkWriter) -> None:
        self.bulk = bulk
        self.columns: list[Any] = list(bulk.type.model._meta.concrete_fields)
        self.rows_changed = 0

    def fill(self, one: Any, place: int) -> set[str]:
        """Give the instance the values that belong to a place; returns the names of the fields that differ now.

        Raises Invalid.
        """
        raise NotImplementedError

    def change_rows(self, rows: Sequence[tuple[int, UUID]], written: Written, refuse: Refuse) -> None:
        """Change the records, given with the place by which `fill` and `refuse` know them, in this order."""
        self.written, self.refuse = written, refuse
        self.places: dict[UUID, list[int]] = {}
        self.known = self._locked({record_id for _place, record_id in rows})
        before = {record_id: self._snapshot(one) for record_id, one in self.known.items()}
        for place, record_id in rows:
            self._apply(place, record_id)
        touched = [one for one in self.known.values() if self._snapshot(one) != before[one.pk]]
        for one in touched:
            written.before[one.pk] = before[one.pk]
        if touched:
            self._write(touched, before)

    def _locked(self, ids: set[UUID]) -> dict[UUID, Any]:
        if not self.bulk.type.changeable:
            return {}
        rows = self.bulk.type.rows(self.bulk.actor, "change").filter(Among("pk", ids, "uuid"))
        return {one.pk: one for one in rows.select_for_update(of=("self",)).order_by("pk")}

    def _snapshot(self, one: Any) -> dict[str, Any]:
        return {each.attname: getattr(one, each.attname) for each in self.columns if not getattr(each, "auto_now", 0)}

    def _apply(self, place: int, record_id: UUID) -> None:
        one = self.known.get(record_id)
        if one is None:
            self.refuse(place, {"": [_("You may not change this record.")]})
            return
        kept = self._snapshot(one)
        try:
            changed = self.fill(one, place)
            if changed:
                self.bulk.complete(one, changed, False)
                self.bulk.writer.check(one)
        except Invalid as problem:
            self._restore(one, kept)
            self.refuse(place, {name: [str(text) for text in texts] for name, texts in problem.errors.items()})
            return
        if self._snapshot(one) != kept:
            self.rows_changed += 1
            self.places.setdefault(record_id, []).append(place)
            self.written.names.setdefault(record_id, set()).update(changed)

    def _restore(self, one: Any, kept: Mapping[str, Any]) -> None:
        for name, value in kept.items():
            setattr(one, name, value)

    def _write(self, touched: list[Any], before: Mapping[UUID, Mapping[str, Any]]) -> None:
        for one in touched:
            if hasattr(one, "updated_at"):
                one.updated_at = clock.now()
        try:
            with transaction.atomic():
                staging.update(self.bulk.type.model, self._differing(touched, before), touched)
                self._check_reach(touched)
        except (IntegrityError, DataError, Invalid) as problem:
            if len(touched) > 1:
                half = len(touched) // 2
                self._write(touched[:half], before)
                self._write(touched[half:], before)
                return
            self._refuse_all(touched[0], before, problem)
            return
        self.written.changed += touched

    def _differing(
        self, touched: list[Any], before: Mapping[UUID, Mapping[str, Any]]
    ) -> "list[models.Field[Any, Any]]":
        return [
            each
            for each in self.columns
            if getattr(each, "auto_now", False)
            or any(getattr(one, each.attname) != before[one.pk][each.attname] for one in touched)
        ]

    def _check_reach(self, touched: list[Any]) -> None:
        actor, declared = self.bulk.actor, self.bulk.type
        if actor.grants.reach(declared.slug, "change") is Reach.ALL:
            return
        ids = [one.pk for one in touched]
        if declared.rows(actor, "change").filter(Among("pk", ids, "uuid")).count() != len(ids):
            raise Invalid(_("You may not give this record to somebody else."))

    def _refuse_all(self, one: Any, before: Mapping[UUID, Mapping[str, Any]], problem: Exception) -> None:
        text = str(problem)
        if isinstance(problem, IntegrityError):
            text = str(self.bulk.writer.conflict(problem))
        elif isinstance(problem, DataError):
            text = _("A value doesn't fit.")
        self._restore(one, before[one.pk])
        for place in self.places[one.pk]:
            self.rows_changed -= 1
            self.refuse(place, {"": [text]})


class CellChanger(Changer):
    """Changes records to what the cells of a file say. A blank cell leaves what is there."""

    def __init__(self, bulk: BulkWriter, drafter: Drafter) -> None:
        super().__init__(bulk)
        self.drafter = drafter

    def change(
        self, cells: Sequence[Cells], rows: Sequence[tuple[int, UUID]], links: Links, written: Written, refuse: Refuse
    ) -> None:
        """Bring the records up to what the rows say, in the order of the file. `cells` are those of the whole batch,
        `rows` the places in it and the records that they name."""
        self.cells, self.links = cells, links
        self.change_rows(rows, written, refuse)

    def fill(self, one: Any, place: int) -> set[str]:
        cells = self.cells[place]
        values = self.drafter.values(cells)
        values.pop("id", None)
        columns = {each.attname: getattr(one, each.attname) for each in self.columns}
        before = dict(columns)
        store(columns, values, self.bulk.fields)
        for name, text in self.drafter.references(cells).items():
            each, key = self.bulk.fields[name], self.links[name][text]
            if each.json:
                columns["custom"] = columns["custom"] | {each.path: str(key)}
            else:
                columns[f"{each.path}_id"] = key
        for name, value in columns.items():
            setattr(one, name, value)
        differing = {name for name in columns if columns[name] != before[name]}
        names = {*values, *self.drafter.references(cells)}
        return {name for name in names if self._column(name) in differing}

    def _column(self, name: str) -> str:
        each = self.bulk.fields[name]
        if each.json:
            return "custom"
        column: Any = self.bulk.type.model._meta.get_field(each.path)
        return str(column.attname)
