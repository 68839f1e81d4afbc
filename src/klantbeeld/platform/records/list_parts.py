"""Parts that packages add to every list: a cell before the others of each row, and what stands under the table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Condition
from klantbeeld.platform.records.counting import Count

if TYPE_CHECKING:
    from klantbeeld.platform.records.record_type import RecordType


@dataclass(frozen=True)
class Shown:
    """What a list shows: the condition by which it is filtered (None: all), and how many records meet it."""

    condition: Condition | None
    total: Count


@dataclass(frozen=True)
class ListPart:
    """A part of every list.

    `context` gets the actor, the record type and what is shown, and returns what `template` needs as `part`; None
    leaves the part out. `head` is safe HTML inside the cell before the column heads, `cell` inside the one before a
    row: it gets the row's id and title.
    """

    key: str
    template: str
    context: "Callable[[Actor, RecordType, Shown], Mapping[str, Any] | None]"
    head: Callable[[], str]
    cell: Callable[[Any, str], str]


@dataclass(frozen=True)
class DrawnPart:
    """A part that this actor gets on this list."""

    part: ListPart
    context: Mapping[str, Any]

    @property
    def template(self) -> str:
        """What stands under the table."""
        return self.part.template

    @property
    def head(self) -> str:
        """What stands in the cell before the column heads."""
        return self.part.head()


_parts: dict[str, ListPart] = {}


def add_list_part(part: ListPart) -> None:
    """Add a part to every list. Raises ValueError when the key is taken."""
    if part.key in _parts:
        raise ValueError(f"Lists have a part {part.key!r} already.")
    _parts[part.key] = part


def parts_of(actor: Actor, record_type: "RecordType", shown: Shown) -> list[DrawnPart]:
    """The parts that this actor gets on this list, in the order in which they were added."""
    found = ((each, each.context(actor, record_type, shown)) for each in _parts.values())
    return [DrawnPart(each, context) for each, context in found if context is not None]


def lead_of(parts: Sequence[DrawnPart], record_id: Any, title: str) -> str:
    """The cells of the parts before a row."""
    return "".join(f"<td data-lead>{each.part.cell(record_id, title)}</td>" for each in parts)
