"""The plain blocks of the day: the beginnings of lists, one query each, through the gates like every list.

What is more than the beginning of a list is put there by packages, see `platform/records/day_parts.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.cells import Reader, safe, value_cell
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.reading import Query
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

if TYPE_CHECKING:
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise

_MINE: dict[str, Any] = {"field": "owner", "op": "is_me"}


@dataclass(frozen=True)
class Block:
    """A block of the page as it is declared: which records, in which order, which of their fields, how many.

    `list_query` opens the list that the block is the beginning of; `empty` is what is said when there is nothing.
    """

    record_type: str
    area: str
    label: "StrOrPromise"
    condition: Mapping[str, Any] | None
    sort: str
    names: tuple[str, ...]
    size: int
    list_query: str
    empty: "StrOrPromise"


BLOCKS = (
    Block(
        "customers",
        "side",
        _("Your customers"),
        {"all": [_MINE]},
        "-last_contact_at",
        ("name", "last_contact_at"),
        6,
        "?view=mine",
        _("You look after no customers yet."),
    ),
    Block(
        "interactions",
        "main",
        _("Latest contacts"),
        None,
        "-at",
        ("summary", "customer", "channel", "at"),
        8,
        "",
        _("No contacts written down yet."),
    ),
    Block(
        "orders",
        "side",
        _("New orders"),
        None,
        "-placed_at",
        ("number", "customer", "placed_at", "total"),
        6,
        "",
        _("No orders yet."),
    ),
)


@dataclass(frozen=True)
class Filled:
    """A block with its rows, ready to draw: per row its id, its address and the drawn values by field name."""

    block: Block
    record_type: RecordType
    list_url: str
    rows: "list[tuple[dict[str, Any], str, dict[str, SafeString]]]"


def blocks_for(actor: Actor, slugs: Iterable[str] | None = None) -> list[Filled]:
    """The blocks (all, or those of some record types) whose records this actor may read, filled."""
    wanted = None if slugs is None else set(slugs)
    filled = [_filled(actor, block) for block in BLOCKS if wanted is None or block.record_type in wanted]
    return [each for each in filled if each is not None]


def is_fresh(actor: Actor, blocks: Iterable[Filled]) -> bool:
    """Whether there is nothing to show and no customer at all: the page says what to do first then."""
    if any(block.rows for block in blocks):
        return False
    customers = registry.get("customers")
    return gates.may(actor, "read", customers) and not customers.rows(actor).exists()


def _filled(actor: Actor, block: Block) -> Filled | None:
    record_type = registry.find(block.record_type)
    if record_type is None or not gates.may(actor, "read", record_type):
        return None
    condition = conditions.parse(block.condition) if block.condition else None
    sort = block.sort if block.sort.removeprefix("-") in record_type.readable(actor) else ""
    try:
        page = reading.page(actor, record_type, Query(condition, sort, size=block.size), block.names)
    except conditions.BadCondition:
        # A field that the block asks about is hidden from this actor.
        return None
    base = list_url(record_type.slug)
    draw = _drawers(actor, record_type, page.fields)
    return Filled(
        block=block,
        record_type=record_type,
        list_url=base + block.list_query,
        rows=[
            (row, f"{base}{row['id']}/", {name: safe(cell(row)) for name, cell in draw.items()}) for row in page.rows
        ],
    )


def _drawers(
    actor: Actor, record_type: RecordType, fields: Mapping[str, RecordField]
) -> "dict[str, Callable[[dict[str, Any]], str]]":
    reader = Reader(actor)
    return {
        name: record_type.cells[name](record_type, field, reader)
        if name in record_type.cells
        else value_cell(field, reader)
        for name, field in fields.items()
    }


def part_of_day(now: datetime) -> str:
    """Say "morning", "afternoon" or "evening" on the reader's clock."""
    if 5 <= now.hour < 12:
        return "morning"
    return "afternoon" if 12 <= now.hour < 18 else "evening"
