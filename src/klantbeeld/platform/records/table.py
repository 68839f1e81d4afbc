"""The table of a list: heads and rows as HTML, the same on a list, in a group and on a record's page."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.cells import Cell, Reader, cell_of, safe
from klantbeeld.platform.records.paging import Order
from klantbeeld.platform.records.reading import Page
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.shown_columns import ShownColumn, phone_places

USUAL_WIDTH, USUAL_NAME_WIDTH = 140, 260  # px, for a column without one beside columns that have one


@dataclass(frozen=True)
class Heading:
    """The head of one column; `url` sorts by it, "" when that can't be done. `width` is in px."""

    label: str
    number: bool
    drop: bool
    place: str
    column: str = ""
    name: bool = False
    editable: bool = False
    url: str = ""
    sorted: str = ""
    width: int | None = None

    @property
    def told_width(self) -> int:
        """Its width, or about how wide it is, in px."""
        return self.width or (USUAL_NAME_WIDTH if self.name else USUAL_WIDTH)

    @property
    def opening(self) -> str:
        """The tag before each cell of the column."""
        kind = ' class="name"' if self.name else ' class="num"' if self.number else ""
        drop = " data-drop" if self.drop else ""
        place = f' data-cell="{escape(self.place)}"' if self.place else ""
        edit = " data-edit" if self.editable else ""
        return f'<td{kind}{drop}{place} data-col="{escape(self.column)}"{edit}>'


@dataclass(frozen=True)
class Row:
    """A drawn row: `cells` lacks the last closing tag; `fixed` says that this actor may not change the record."""

    id: UUID
    cells: SafeString
    fixed: bool = False


@dataclass(frozen=True)
class Table:
    """Heads and rows."""

    headings: list[Heading]
    rows: list[Row]

    @property
    def body(self) -> SafeString:
        """All rows, at once: a template would be busy with fifty of them for longer than the database."""
        rest = '<td class="rest"></td>' if self.sized else ""
        return safe(
            "".join(
                f'\n    <tr data-id="{row.id}"{" data-fixed" if row.fixed else ""}>{row.cells}</td>{rest}</tr>'
                for row in self.rows
            )
        )

    @property
    def sized(self) -> bool:
        """Whether somebody chose a width."""
        return any(each.width for each in self.headings)

    @property
    def widths(self) -> list[int]:
        """A width for each column, in px."""
        return [each.told_width for each in self.headings]


def field_names(shown: Sequence[ShownColumn]) -> tuple[str, ...]:
    """The fields to read for these columns."""
    return tuple(each.name for each in shown if each.field)


def headings(
    actor: Actor, record_type: RecordType, shown: Sequence[ShownColumn], order: Order, sort_url: Callable[[str], str]
) -> list[Heading]:
    """The heads of the columns; `sort_url` gives the address of the list in another order."""
    places = phone_places(record_type, [each.name for each in shown])
    writable = record_type.writable(actor) if record_type.changeable else {}
    return [
        Heading(
            label=str(each.label),
            number=each.field.number_like if each.field else bool(each.added and each.added.number),
            drop=each.usual and _drops(record_type, each),
            place=places.get(each.name, ""),
            column=each.name,
            name=each.name == record_type.title,
            editable=each.name in writable,
            url=sort_url(_toggled(each, order)) if each.field and each.field.sortable else "",
            sorted=_direction(each, order),
            width=each.width,
        )
        for each in shown
    ]


def nothing_before(row: Mapping[str, Any]) -> str:
    """No cells before those of the columns."""
    return ""


def drawn(
    actor: Actor,
    record_type: RecordType,
    page: Page,
    shown: Sequence[ShownColumn],
    sort_url: Callable[[str], str],
    lead: Callable[[Mapping[str, Any]], str] = nothing_before,
) -> Table:
    """The table of a page, of which the fields are those of `field_names(shown)`. `lead` gives the cells before a row's
    own, as safe HTML."""
    reader, ids = Reader(actor), [row["id"] for row in page.rows]
    heads = headings(actor, record_type, shown, page.order, sort_url)
    # Four hundred cells would keep the template engine busy for longer than all else on the page together.
    cells = [
        (head.opening, _cell(actor, record_type, each, reader, ids)) for head, each in zip(heads, shown, strict=True)
    ]
    fixed = fixed_ids(actor, record_type, ids) if any(head.editable for head in heads) else frozenset()
    rows = [
        Row(
            row["id"],
            safe(lead(row) + "</td>".join([f"{opening}{cell(row)}" for opening, cell in cells])),
            row["id"] in fixed,
        )
        for row in page.rows
    ]
    return Table(heads, rows)


def fixed_ids(actor: Actor, record_type: RecordType, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the readable records with these ids that this actor may not change."""
    if actor.grants.reach(record_type.slug, "change") >= actor.grants.reach(record_type.slug, "read") or not ids:
        return frozenset()
    changeable = record_type.rows(actor, "change").filter(Among("id", list(ids), "uuid"))
    return frozenset(ids) - frozenset(changeable.values_list("pk", flat=True))


def _cell(actor: Actor, record_type: RecordType, column: ShownColumn, reader: Reader, ids: Sequence[UUID]) -> Cell:
    if column.field is not None:
        return cell_of(record_type, column.field, reader)
    cells: Any = column.added.cells(actor, ids) if column.added else {}
    return lambda row: cells.get(row["id"], "")


def _drops(record_type: RecordType, column: ShownColumn) -> bool:
    return column.field is None or column.field.own or column.name in record_type.droppable


def _toggled(column: ShownColumn, order: Order) -> str:
    current = order.name == column.name
    number = bool(column.field and column.field.number_like)
    descending = (current and not order.descending) or (not current and number)
    return f"-{column.name}" if descending else column.name


def _direction(column: ShownColumn, order: Order) -> str:
    if order.name != column.name:
        return ""
    return "descending" if order.descending else "ascending"
