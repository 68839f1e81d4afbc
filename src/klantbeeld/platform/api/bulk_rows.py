"""How the bulk writer is given rows of JSON instead of rows of a file."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.bulk import Batch
from klantbeeld.platform.records.bulk.drafting import Cells, Draft, Drafter, store
from klantbeeld.platform.records.bulk.merging import Merger, Outcome

NULL = "null"


class JsonDrafter(Drafter):
    """A drafter of cells that hold JSON: blank for "not given", null for "no value", which clears a field.

    A row that isn't enough for a new record may still be enough to change one: it is drafted all the same, and
    `too_little` says by its number what a new record would need.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.too_little: dict[int, dict[str, list[str]]] = {}

    def values(self, cells: Cells) -> dict[str, Any]:
        """As for files, and None for links that are cleared. Raises Invalid."""
        values = super().values(cells)
        cleared = [each.field for each in self.linked if cells[each.index] == NULL]
        needed = {each.name: [_("This is needed.")] for each in cleared if each.required}
        if needed:
            raise Invalid(needed)
        return values | {each.name: None for each in cleared}

    def _new(self, number: int, cells: Cells) -> tuple[Draft, set[str]]:
        try:
            return super()._new(number, cells)
        except Invalid as problem:
            values = self.values(cells)
            if not self.key or not values.get(self.key):
                raise
            self.too_little[number] = {name: [str(text) for text in texts] for name, texts in problem.errors.items()}
        columns = self.defaults | {"id": self.bulk.next_id()}
        store(columns, values, self.bulk.fields)
        draft = Draft(columns)
        with suppress(Invalid):
            self.bulk.complete(draft, set(values), False)
        return draft, set()


class JsonMerger(Merger):
    """A merger that refuses to make records of rows that aren't enough for one."""

    drafter: JsonDrafter

    def merge(self, batch: Batch) -> Outcome:
        """As for files."""
        if self.drafter.too_little:
            self.all_new = False
        return super().merge(batch)

    def _recognise(self) -> tuple[list[int], list[tuple[int, UUID | None]]]:
        new, known = super()._recognise()
        return self._enough(new), known

    def _enough(self, new: Sequence[int]) -> list[int]:
        made = []
        for place in new:
            errors = self.drafter.too_little.get(self.rows.numbers[place])
            if errors is None:
                made.append(place)
            else:
                self._refuse(place, errors)
        return made
