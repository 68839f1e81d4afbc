"""Records that are gone, as history keeps them."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.records.record_type import RecordType

Values = Mapping[str, Any]


def deleted(actor: Actor, record_type: RecordType, record_id: UUID) -> dict[str, Any]:
    """What a deleted record was, by column: for whoever could read it if it were still there as it was.

    Raises NotFoundHere when there was none such, or this actor could not have read it.
    """
    change = _deletion(record_type.model, record_id)
    if change is None or change.before is None:
        raise NotFoundHere
    try:
        sql, params = record_type.rows(actor).order_by().filter(pk=record_id).values("pk").query.sql_with_params()
    except EmptyResultSet:
        raise NotFoundHere from None
    # The gate itself decides, over rows from history: a name in WITH goes before the table of that name.
    back = _with_owners(record_type, change.before)
    tables = ", ".join(
        f'"{table}" AS (SELECT * FROM jsonb_populate_record(NULL::"{table}", %s::jsonb))'  # noqa: S608 - of models
        for table in back
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {tables} {sql}", [*(json.dumps(row) for row in back.values()), *params])
        if cursor.fetchone() is None:
            raise NotFoundHere
    return {**change.before, "id": record_id}


def deleted_among(actor: Actor, record_type: RecordType, ids: Collection[UUID]) -> set[UUID]:
    """Those of the records that are gone and that this actor could read if they were still there as they were."""
    gone = _deletions(record_type.model, ids) if ids and gates.may(actor, "read", record_type) else {}
    if not gone:
        return set()
    tables, params = [], []
    for model, rows in _gone_on_the_way(record_type, gone):
        table = model._meta.db_table
        back = f'SELECT * FROM jsonb_populate_recordset(NULL::"{table}", %s::jsonb)'  # noqa: S608 - of a model
        there = "" if model is record_type.model else f'SELECT * FROM "{table}" UNION ALL '  # noqa: S608 - the same
        tables.append(f'"{table}" AS ({there}{back})')
        params.append(json.dumps(rows))
    try:
        sql, more = record_type.rows(actor).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {sql}", [*params, *more])
        return {row[0] for row in cursor.fetchall()}


def _deletions(model: type[Model], ids: Collection[Any]) -> dict[UUID, Values]:
    rows = Change.objects.filter(record_id__in=ids, table=model._meta.db_table, action="delete").order_by("id")
    return {record_id: before for record_id, before in rows.values_list("record_id", "before") if before is not None}


def _gone_on_the_way(
    record_type: RecordType, gone: Mapping[UUID, Values]
) -> Iterator[tuple[type[Model], list[Values]]]:
    """The rows that are gone, and those on the way to their owners that are gone, too, by model."""
    model: Any = record_type.model
    yield model, list(gone.values())
    for name in (record_type.owner or "").split("__")[:-1]:
        link = model._meta.get_field(name)
        keys = {key for row in gone.values() if (key := row.get(link.column)) is not None}
        model, gone = link.related_model, _deletions(link.related_model, keys)
        yield model, list(gone.values())


def _deletion(model: type[Model], record_id: Any) -> Change | None:
    gone = Change.objects.filter(record_id=record_id, table=model._meta.db_table, action="delete")
    return gone.order_by("-id").first()


def _with_owners(record_type: RecordType, before: Values) -> dict[str, Values]:
    """The row, and those on the way to its owner that are gone, too, by table."""
    model: Any = record_type.model
    back: dict[str, Values] = {model._meta.db_table: before}
    for name in (record_type.owner or "").split("__")[:-1]:
        link = model._meta.get_field(name)
        model, key = link.related_model, before.get(link.column)
        gone = None if key is None else _deletion(model, key)
        if gone is None or gone.before is None:
            break
        before = back[model._meta.db_table] = gone.before
    return back
