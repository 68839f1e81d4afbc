"""The columns of a list as it is shown to somebody: what was chosen, of what they may read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.panels import ListColumn, columns_of
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.saved_views.columns import Column

ADDED = "added."


@dataclass(frozen=True)
class ShownColumn:
    """A column with what fills it: a field of the record type, or what another package adds. `usual` says that nobody
    chose it, so that it may go where there is little room."""

    name: str
    width: int | None
    field: RecordField | None
    added: ListColumn | None
    usual: bool = True

    @property
    def label(self) -> Any:
        """The words in its head."""
        return self.field.label if self.field else self.added.label if self.added else ""


def shown_columns(actor: Actor, record_type: RecordType, chosen: Sequence[Column] = ()) -> list[ShownColumn]:
    """The chosen columns, or the type's own when none are chosen. What may not be read, or has gone, is left out.

    The title leads to the record, so it is always there.
    """
    offered = {each.name: each for each in columns_to_choose(actor, record_type)}
    wanted = chosen or [Column(name) for name in usual_names(actor, record_type)]
    shown = [replace(offered[each.name], width=each.width, usual=not chosen) for each in wanted if each.name in offered]
    title = offered.get(record_type.title)
    if title is not None and all(each.name != title.name for each in shown):
        shown.insert(0, title)
    return shown


def columns_to_choose(actor: Actor, record_type: RecordType) -> list[ShownColumn]:
    """Everything that this actor may have as a column, the type's fields first."""
    readable = record_type.readable(actor)
    fields = [ShownColumn(name, None, each, None) for name, each in readable.items() if each.kind is not Kind.UUID]
    added = [ShownColumn(f"{ADDED}{each.key}", None, None, each) for each in columns_of(record_type.slug, actor)]
    return fields + added


def usual_names(actor: Actor, record_type: RecordType) -> list[str]:
    """The columns of a list for which nobody chose any: the declared ones, the organisation's own, and added ones."""
    readable = record_type.readable(actor)
    names = [name for name in record_type.list_columns(actor) if name in readable]
    for each in columns_of(record_type.slug, actor):
        names.insert(names.index(each.after) + 1 if each.after in names else len(names), f"{ADDED}{each.key}")
    return names


def phone_places(record_type: RecordType, names: Sequence[str]) -> dict[str, str]:
    """Where cells go on a phone, by column: as declared, and what else was chosen in the places that are left."""
    places = {name: place for name, place in record_type.phone_places(names).items() if name in names}
    left = [place for place in "cd" if place not in places.values()]
    further = [name for name in names if name not in places]
    return places | dict(zip(further, left, strict=False))
