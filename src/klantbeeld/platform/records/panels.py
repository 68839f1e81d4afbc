"""Parts of a detail page that packages add to record types, and columns that they add to lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from klantbeeld.platform.access.actor import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Area = Literal["head", "story", "facts"]
PanelContext = Callable[[Actor, Mapping[str, Any]], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A part of the detail page of one record type.

    `area` is the strip under the name, the wide column or the narrow one. `context` gets the actor and the record's
    row (its readable fields, see `reading.select`) and returns what `template` needs besides `actor`, `record` (the
    row) and `record_type`; None leaves the panel out.
    """

    key: str
    record_type: str
    area: Area
    order: int
    label: "StrOrPromise"
    template: str
    context: PanelContext


@dataclass(frozen=True)
class ListColumn:
    """A column of a list that is no field of its record type, filled for a whole page at once.

    `cells` gets the actor and the ids on the page, and returns safe HTML by id; ids may be missing.
    `visible` decides whether this actor sees it at all.
    """

    key: str
    record_type: str
    after: str
    label: "StrOrPromise"
    cells: Callable[[Actor, Sequence[UUID]], Mapping[UUID, str]]
    visible: Callable[[Actor], bool]
    number: bool = False


_panels: dict[tuple[str, str], Panel] = {}
_everywhere: dict[str, Callable[[str], Panel]] = {}
_columns: dict[tuple[str, str], ListColumn] = {}


def add_panel(panel: Panel) -> None:
    """Add a panel. Raises ValueError when the record type has one with this key."""
    if (panel.record_type, panel.key) in _panels:
        raise ValueError(f"{panel.record_type} has a panel {panel.key!r} already.")
    _panels[panel.record_type, panel.key] = panel


def add_panel_everywhere(key: str, make: Callable[[str], Panel]) -> None:
    """Add a panel to the page of every record type, those that organisations make included: `make(slug)` gives it.

    Raises ValueError when there is one with this key.
    """
    if key in _everywhere:
        raise ValueError(f"Every record type has a panel {key!r} already.")
    _everywhere[key] = make


def tells_a_story(record_type: str) -> bool:
    """Whether a package has put something of its own into the wide column."""
    return any(each.record_type == record_type and each.area == "story" for each in _panels.values())


def add_column(column: ListColumn) -> None:
    """Add a column to a list. Raises ValueError when the record type has one with this key."""
    if (column.record_type, column.key) in _columns:
        raise ValueError(f"{column.record_type} has a column {column.key!r} already.")
    _columns[column.record_type, column.key] = column


def panels_of(record_type: str, area: Area) -> list[Panel]:
    """The panels of an area, in order."""
    known = [each for each in _panels.values() if each.record_type == record_type]
    known += [make(record_type) for make in _everywhere.values()]
    return sorted((each for each in known if each.area == area), key=lambda each: each.order)


def has_panel(record_type: str, key: str) -> bool:
    """Whether a package draws this part of the page itself."""
    return (record_type, key) in _panels


def columns_of(record_type: str, actor: Actor) -> list[ListColumn]:
    """The columns that other packages add to a list and that this actor may see."""
    return [each for each in _columns.values() if each.record_type == record_type and each.visible(actor)]
