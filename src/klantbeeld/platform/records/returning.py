"""Rows from history put back into their tables."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from klantbeeld.platform.records.belongings import Belonging
from klantbeeld.platform.records.bulk.among import Among

Known = Mapping[type[models.Model], Collection[str]]


@dataclass
class Sorted:
    """Rows that can go back; and the ids of those that can't, because what they must point to is gone, and of those
    that go back without a link that they could do without."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    lost: set[UUID] = field(default_factory=set)
    cut: set[UUID] = field(default_factory=set)


def sort_out(part: Belonging, returning: Known) -> Sorted:
    """Which rows can go back. `returning` are the ids, as text, of what comes back with them, by model."""
    made = Sorted()
    links: list[Any] = [each for each in part.model._meta.concrete_fields if each.is_relation and each.name != "tenant"]
    gone = {link: _gone(link, part.rows, returning) for link in links}
    for row in part.rows:
        whole = dict(row)
        cut = [link for link, keys in gone.items() if whole.get(link.column) in keys]
        if any(not link.null for link in cut):
            made.lost.add(UUID(row["id"]))
            continue
        if cut:
            made.cut.add(UUID(row["id"]))
            whole |= dict.fromkeys((link.column for link in cut), None)
        made.rows.append(whole)
    return made


def insert(model: type[models.Model], rows: list[dict[str, Any]], skip_clashes: bool) -> set[UUID]:
    """Put rows back under the ids that they had; the ids of those that went in.

    What clashes with what is there raises IntegrityError, or with `skip_clashes` stays out. Columns that there were
    none of when a row was deleted get what new rows get.
    """
    filled = json.dumps([_filled(model, row) for row in rows], cls=DjangoJSONEncoder)
    table = connection.ops.quote_name(model._meta.db_table)
    clash = "ON CONFLICT DO NOTHING" if skip_clashes else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"  # noqa: S608
            f" {clash} RETURNING id",
            [filled],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _gone(link: Any, rows: Collection[Mapping[str, Any]], returning: Known) -> set[str]:
    keys = {key for row in rows if (key := row.get(link.column))} - set(returning.get(link.related_model, ()))
    if not keys:
        return set()
    there = link.related_model._base_manager.filter(Among("pk", keys, "uuid")).values_list("pk", flat=True)
    return keys - {str(each) for each in there}


def _filled(model: type[models.Model], row: Mapping[str, Any]) -> dict[str, Any]:
    columns: list[Any] = list(model._meta.concrete_fields)
    missing = {
        each.column: each.get_default()
        for each in columns
        if each.column not in row and (each.has_default() or not each.null)
    }
    now = {each.column: timezone.now() for each in columns if getattr(each, "auto_now", False)}
    return {**row, **missing, **now}
