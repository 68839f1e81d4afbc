"""From cells to rows that are ready for COPY: what needs no database, so that it can run in a process of its own."""

import json
import marshal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from klantbeeld.platform.conditions.public import stored_json
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.bulk.encoding import Encoder, encoder_of, line
from klantbeeld.platform.records.fields import RecordField

if TYPE_CHECKING:
    from klantbeeld.platform.records.bulk.writer import BulkWriter

Cells = Sequence[str]


class Draft:
    """A record in the making: its columns as attributes, as `Writer.complete` wants them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__ = values


@dataclass(frozen=True)
class Given:
    """One column of a file: the cell at `index` goes into `field`, read by `read`, which raises ValueError; for a link
    it is the text by which the other record goes."""

    index: int
    field: RecordField
    read: Callable[[str], Any]


@dataclass(frozen=True)
class Refusal:
    """A row that isn't taken: its number and cells in the file, and what is wrong by field name."""

    number: int
    cells: Cells
    errors: dict[str, list[str]]


@dataclass
class Details:
    """What is needed of a batch's rows only when some of them aren't plainly new. The lists run side by side."""

    numbers: list[int] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Batch:
    """Rows of a file, drafted. `ids` and the lists of `details` run side by side; `copy` and `side` are in COPY's
    text format.

    `consumed` counts all rows of the file up to the end of this batch, the refused ones included. `wanted` holds by
    field what links are given by, each text once; `repeats` says that two rows go by the same key.
    """

    consumed: int
    ids: list[str] = field(default_factory=list)
    copy: bytes = b""
    side: bytes = b""
    refused: list[Refusal] = field(default_factory=list)
    wanted: dict[str, set[str]] = field(default_factory=dict)
    repeats: bool = False
    details: Details = field(default_factory=Details)
    packed: bytes = b""

    def pack(self) -> None:
        """Make the batch cheap to send to another process; `unpack` brings its details back."""
        each = self.details
        self.packed = marshal.dumps((each.numbers, each.cells, each.keys, each.links))
        self.details = Details()

    def unpack(self) -> None:
        """Bring the details back, if they are packed."""
        if self.packed:
            self.details, self.packed = Details(*marshal.loads(self.packed)), b""  # noqa: S302 - of our own process


class Drafter:
    """Turns cells into values, values into drafts, and drafts into a batch.

    `key` names the field by which records are recognised ("id" for the record's own), empty for none.
    """

    def __init__(self, bulk: "BulkWriter", given: Sequence[Given], key: str) -> None:
        self.bulk, self.key = bulk, key
        self.plain = [each for each in given if not each.field.is_link]
        self.linked = [each for each in given if each.field.is_link]
        self.width = max((each.index for each in given), default=-1) + 1
        self.required = {name for name, each in bulk.fields.items() if each.required}
        self.columns = bulk.columns([each.field for each in given])
        self.encoders: list[tuple[str, Encoder | None]] = [(each.attname, encoder_of(each)) for each in self.columns]
        self.defaults = {each.attname: _default(each) for each in bulk.type.model._meta.concrete_fields}
        self.defaults |= bulk.owned() | dict(bulk.type.discriminator)

    def values(self, cells: Cells) -> dict[str, Any]:
        """The values of the cells that aren't blank, by field name, links excepted. Raises Invalid."""
        values: dict[str, Any] = {}
        errors: dict[str, list[str]] = {}
        for each in self.plain:
            text = cells[each.index]
            if text and not text.isspace():
                try:
                    values[each.field.name] = each.read(text)
                except ValueError as problem:
                    errors[each.field.name] = [str(problem)]
        if errors:
            raise Invalid(errors)
        return values

    def references(self, cells: Cells) -> dict[str, str]:
        """What links are given by, by field name; those that are blank are left out."""
        found = {each.field.name: each.read(cells[each.index]) for each in self.linked}
        return {name: text for name, text in found.items() if text}

    def padded(self, cells: Cells) -> Cells:
        """The cells, with blank ones added where the row is shorter than what is asked of it."""
        return cells if len(cells) >= self.width else [*cells, *[""] * (self.width - len(cells))]

    def batch(self, rows: Iterable[tuple[int, Cells]], consumed: int) -> Batch:
        """The rows as new records. Those that match existing ones are drafted again when that is known."""
        made = Batch(consumed, details=Details(links={each.field.name: [] for each in self.linked}))
        lines: list[str] = []
        sides: list[str] = []
        for number, given in rows:
            cells = self.padded(given)
            try:
                draft, changed = self._new(number, cells)
            except Invalid as problem:
                errors = {name: [str(text) for text in texts] for name, texts in problem.errors.items()}
                made.refused.append(Refusal(number, given, errors))
                continue
            self._keep(made, number, cells, draft)
            lines.append(self._line(made, draft.__dict__))
            sides.extend(line(list(row)) for row in self.bulk.side_rows(draft, changed))
        made.copy, made.side = "".join(lines).encode(), "".join(sides).encode()
        made.wanted = {name: set(texts) - {""} for name, texts in made.details.links.items()}
        keys = [key for key in made.details.keys if key]
        made.repeats = len(set(keys)) < len(keys)
        return made

    def preview(self, number: int, cells: Cells) -> dict[str, Any]:
        """The columns of the new record that a row would make. Raises Invalid."""
        draft, _changed = self._new(number, self.padded(cells))
        return draft.__dict__

    def _new(self, number: int, cells: Cells) -> tuple[Draft, set[str]]:
        values = self.values(cells)
        references = self.references(cells)
        changed = values.keys() | references.keys()
        missing = self.required - changed
        if missing:
            raise Invalid({name: [_("This is needed.")] for name in sorted(missing)})
        columns = self.defaults.copy()
        columns["id"] = self.bulk.next_id()
        store(columns, values, self.bulk.fields)
        draft = Draft(columns)
        self.bulk.stamp(draft, number)
        self.bulk.complete(draft, changed, True)
        self.bulk.writer.check(draft)
        return draft, changed

    def _keep(self, made: Batch, number: int, cells: Cells, draft: Draft) -> None:
        details = made.details
        details.numbers.append(number)
        details.cells.append(cells)
        details.keys.append(self.key_of(draft))
        made.ids.append(str(draft.__dict__["id"]))
        for each in self.linked:
            details.links[each.field.name].append(each.read(cells[each.index]))

    def key_of(self, draft: Any) -> str:
        """By what the draft is recognised, as text; empty when it has nothing."""
        return self.bulk.key_of(draft, self.key) if self.key else ""

    def _line(self, made: Batch, values: dict[str, Any]) -> str:
        parts = [str(len(made.ids) - 1)]
        for name, encode in self.encoders:
            parts.append(encode(values[name]) if encode is not None else values[name])
        parts += [texts[-1] for texts in made.details.links.values()]
        return line(parts)


def store(columns: dict[str, Any], values: dict[str, Any], fields: dict[str, RecordField]) -> None:
    """Put values by field name into columns by name; own fields go into their shared column, without their default."""
    for name, value in values.items():
        each = fields[name]
        if each.json:
            others = {key: kept for key, kept in columns["custom"].items() if key != each.path}
            columns["custom"] = others if value is None else others | {each.path: json.loads(stored_json(value))}
        elif each.is_link:
            columns[f"{each.path}_id"] = value
        else:
            columns[each.path] = value


def _default(column: "models.Field[Any, Any]") -> Any:
    if column.has_default() and not column.primary_key and column.name != "tenant":
        return column.get_default()
    return "" if column.empty_strings_allowed and not column.null else None
