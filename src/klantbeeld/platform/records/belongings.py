"""What went with a record when it was deleted, from what history wrote down in the same transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models

from klantbeeld.platform.audit.models import Change

# One transaction takes no longer; and of what was written before transactions had numbers, this is near enough.
_LONGEST = timedelta(hours=1)
_NEAR = timedelta(seconds=10)


@dataclass
class Belonging:
    """Rows of one table, by column, as their deletion kept them."""

    model: type[models.Model]
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Loosened:
    """Rows that stayed, and pointed to the record before: which column of which rows held which id."""

    model: type[models.Model]
    link: "models.ForeignKey[Any, Any]"
    pointed_to: UUID
    ids: list[UUID]


def went_with(change: Change, model: type[models.Model]) -> list[Belonging]:
    """The record that `change` deleted and all that was deleted because of it, those that others point to first."""
    by_table: dict[str, list[Change]] = defaultdict(list)
    for each in _together(change, "delete"):
        if each.before is not None:
            by_table[each.table].append(each)
    found = [Belonging(model, [change.before or {}])]
    seen = {change.record_id}
    for level in found:  # grows while it is walked
        ids = {row["id"] for row in level.rows}
        for other, column in _pointing(level.model, models.CASCADE):
            rows = [
                each.before
                for each in by_table.get(other._meta.db_table, ())
                if each.before and each.before.get(column.column) in ids and each.record_id not in seen
            ]
            if rows:
                seen |= {UUID(row["id"]) for row in rows}
                found.append(Belonging(other, rows))
    return found


def loosened(change: Change, parts: Collection[Belonging]) -> Iterator[Loosened]:
    """The rows whose link to one of the deleted records was emptied because these went."""
    links = [(part, *each) for part in parts for each in _pointing(part.model, models.SET_NULL)]
    if not links:
        return
    changes = list(_together(change, "change"))
    for part, other, column in links:
        for key in (row["id"] for row in part.rows):
            ids = [
                each.record_id
                for each in changes
                if each.table == other._meta.db_table
                and (each.before or {}).get(column.column) == key
                and (each.after or {}).get(column.column) is None
            ]
            if ids:
                yield Loosened(other, column, UUID(key), ids)


def _together(change: Change, action: str) -> "models.QuerySet[Change]":
    """What was written in the transaction of a change, itself included."""
    others = Change.objects.filter(action=action)
    if change.position is not None:
        span = (change.at - _LONGEST, change.at + _LONGEST)
        return others.filter(position=change.position, at__range=span)
    span = (change.at - _NEAR, change.at + _NEAR)
    return others.filter(position=None, actor_id=change.actor_id, origin=change.origin, at__range=span)


def _pointing(model: type[models.Model], then: Any) -> "Iterator[tuple[type[models.Model], Any]]":
    """The models that point to this one and of which the rows meet this fate (`CASCADE`, `SET_NULL`) when it goes."""
    for relation in model._meta.related_objects:
        if getattr(relation, "on_delete", None) is then:
            yield relation.related_model, relation.field
