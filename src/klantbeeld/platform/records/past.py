"""Records that are gone, as history keeps them."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.record_type import RecordType

Values = Mapping[str, Any]


def deleted(actor: Actor, record_type: RecordType, record_id: UUID) -> dict[str, Any]:
    """What a deleted record was, by column: for whoever could read it if it were still there as it was.

    Raises NotFoundHere when there was none such, or this actor could not have read it.
    """
    return {**deletion(actor, record_type, record_id).before, "id": record_id}  # type: ignore[dict-item]


def deletion(actor: Actor, record_type: RecordType, record_id: UUID, action: str = "read") -> Change:
    """The latest deletion of a record on which `actor` could do `action` if it were still there as it was.

    Raises NotFoundHere when there was none such.
    """
    change = last_deletions(record_type.model, [record_id]).get(record_id)
    if change is None or not among_deleted(actor, record_type, [change], action):
        raise NotFoundHere
    return change


def last_deletions(model: type[Model], ids: Collection[Any]) -> dict[UUID, Change]:
    """The latest deletion of each of these records, by id; none for those that were never deleted."""
    gone = Change.objects.filter(
        Among("record_id", ids, "uuid"), table=model._meta.db_table, action="delete", before__isnull=False
    )
    return {each.record_id: each for each in gone.order_by("record_id", "-id").distinct("record_id")}


def among_deleted(
    actor: Actor, record_type: RecordType, changes: Iterable[Change], action: str = "read"
) -> dict[UUID, Change]:
    """Those of deletions, one for a record, on whose records `actor` could do `action` were they still there as they
    were; by the record's id."""
    gone = {each.record_id: each for each in changes}
    if not gone:
        return {}
    rows = record_type.rows(actor, action).order_by().filter(Among("pk", gone, "uuid")).values("pk")
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return {}
    # The gate itself decides, over rows from history: a name in WITH goes before the table of that name.
    table = record_type.model._meta.db_table
    parts, given = [_as_table(table, "")], [_json(each.before for each in gone.values())]
    for parent, lost in _lost_on_the_way(record_type, gone.values()):
        parts.append(_as_table(parent, f'SELECT * FROM "{parent}" UNION ALL '))  # noqa: S608 - a model's table
        given.append(_json(lost))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {sql}", [*given, *params])
        return {pk: gone[pk] for (pk,) in cursor.fetchall()}


def deleted_among(actor: Actor, record_type: RecordType, ids: Collection[UUID]) -> set[UUID]:
    """Those of the records that are gone and that this actor could read if they were still there as they were."""
    return set(among_deleted(actor, record_type, last_deletions(record_type.model, ids).values()))


def _as_table(table: str, besides: str) -> str:
    rows = f'SELECT * FROM jsonb_populate_recordset(NULL::"{table}", %s::jsonb)'  # noqa: S608 - a model's table
    return f'"{table}" AS NOT MATERIALIZED ({besides}{rows})'


def _json(rows: Iterable[Any]) -> str:
    return json.dumps(list(rows))


def _lost_on_the_way(record_type: RecordType, gone: Iterable[Change]) -> Iterable[tuple[str, list[Any]]]:
    """The rows on the way from these to their owners that are gone, too, by table."""
    model: Any = record_type.model
    befores: list[Any] = [each.before for each in gone]
    for name in (record_type.owner or "").split("__")[:-1]:
        link = model._meta.get_field(name)
        model, keys = link.related_model, {UUID(key) for each in befores if (key := each.get(link.column))}
        links = [each for each in model._meta.concrete_fields if each.is_relation]
        there = model._default_manager.filter(Among("pk", keys, "uuid")).values("pk", *(each.attname for each in links))
        found = {each["pk"]: {link.column: _text(each[link.attname]) for link in links} for each in there}
        lost = [each.before for each in last_deletions(model, keys - found.keys()).values()]
        if lost:
            yield model._meta.db_table, lost
        befores = [*lost, *found.values()]


def _text(key: UUID | None) -> str | None:
    return None if key is None else str(key)
