"""Putting back what was there before a run of changes, by the thousand, from what history says of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.bulk.staging import update
from klantbeeld.platform.records.bulk.writer import BulkWriter, Written
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.undo import column_of

# Per record and column the value before the first and after the last change of the run; where it still stands, the
# former one comes back.
_RESTORE = """
WITH single AS (
  SELECT c.record_id, c.id, e.key, e.value AS after, c.before -> e.key AS before
    FROM audit_change c CROSS JOIN LATERAL jsonb_each(c.after) e
   WHERE c.origin = %s AND c."table" = %s AND c.action = 'change' AND c.record_id = ANY(%s)),
merged AS (
  SELECT record_id, key, (array_agg(before ORDER BY id))[1] AS before, (array_agg(after ORDER BY id DESC))[1] AS after
    FROM single GROUP BY record_id, key),
former AS (
  SELECT m.record_id, jsonb_object_agg(m.key, m.before) AS row
    FROM merged m JOIN {table} t ON t.id = m.record_id
   WHERE m.key = ANY(%s) AND to_jsonb(t) -> m.key IS NOT DISTINCT FROM m.after GROUP BY m.record_id)
UPDATE {table} t SET ({columns}) = (SELECT {values} FROM jsonb_populate_record(t, f.row) p), updated_at = now()
  FROM former f WHERE t.id = f.record_id RETURNING t.id
"""

# The same for one field that stands alone, without turning whole rows into JSON and back.
_ONE = """
WITH merged AS (
  SELECT c.record_id, (array_agg({before} ORDER BY c.id))[1] AS before,
         (array_agg({after} ORDER BY c.id DESC))[1] AS after
    FROM audit_change c
   WHERE c.origin = %s AND c."table" = %s AND c.action = 'change' AND c.record_id = ANY(%s) AND c.after ? %s
   GROUP BY c.record_id)
UPDATE {table} t SET updated_at = now(), {assignment}
  FROM merged m WHERE t.id = m.record_id AND {now} IS NOT DISTINCT FROM m.after RETURNING t.id
"""
_OF_COLUMN = {
    "before": "c.before -> {key}",
    "after": "c.after -> {key}",
    "now": "coalesce(to_jsonb(t.{column}), 'null'::jsonb)",
    "assignment": "{column} = (jsonb_populate_record(NULL::{table}, jsonb_build_object({key}, m.before))).{column}",
}
# The others in the column are left as they are.
_OF_OWN = {
    "before": "c.before -> 'custom' -> {key}",
    "after": "c.after -> 'custom' -> {key}",
    "now": "t.custom -> {key}",
    "assignment": "custom = CASE WHEN m.before IS NULL THEN t.custom - {key}"
    " ELSE t.custom || jsonb_build_object({key}, m.before) END",
}


class Restorer:
    """Puts back what the run with this `origin` replaced, where it still stands, in the fields that may be written."""

    def __init__(self, bulk: BulkWriter, origin: str) -> None:
        self.bulk, self.origin, self.type = bulk, origin, bulk.type
        self.model: Any = bulk.type.model
        self.table = self.model._meta.db_table

    def put_back(self, ids: Collection[UUID]) -> list[UUID]:
        """Put back all that the run replaced in these records, which are locked; returns those that got something
        back."""
        columns = self._columns()
        return self._put_back(ids, columns) if ids and columns else []

    def put_back_alone(self, ids: Collection[UUID], field: RecordField) -> list[UUID]:
        """Put back one field in these records, which are locked: one that stands alone. Returns as `put_back`."""
        if not ids:
            return []
        column = "custom" if field.json else column_of(field)
        names = {
            "table": sql.Identifier(self.table),
            "column": sql.Identifier(column),
            "key": sql.SQL("{}::text").format(sql.Literal(field.path if field.json else column)),
        }
        parts = _OF_OWN if field.json else _OF_COLUMN
        query = sql.SQL(_ONE).format(
            table=names["table"], **{name: sql.SQL(text).format(**names) for name, text in parts.items()}
        )
        return self._run(query, [self.origin, self.table, [*ids], column])

    def follow(self, restored: Sequence[UUID], before: Mapping[UUID, Any]) -> None:
        """Bring what is derived from the values in line; `before` holds the records as they were a moment ago."""
        attributes = [each.attname for each in self.model._meta.concrete_fields]
        written = Written()
        for one in self.model._default_manager.filter(Among("pk", restored, "uuid")):
            self.bulk.complete(one, set(), False)
            written.changed.append(one)
            written.before[one.pk] = {name: getattr(before[one.pk], name) for name in attributes}
            written.names[one.pk] = set()
        if written.changed:
            names = {*self.bulk.writer.completes} & {each.name for each in self.model._meta.concrete_fields}
            if names:
                update(self.model, [self.model._meta.get_field(name) for name in sorted(names)], written.changed)
            self.bulk.follow_up(written)

    def _columns(self) -> list[str]:
        """What may go back: all but the fields that the actor may not write. Own fields, which share a column, go back
        together or not at all."""
        writable = self.type.writable(self.bulk.actor)
        closed = {each for name, each in self.type.all_fields().items() if each.editable and name not in writable}
        kept = {"id", "tenant_id", "created_at", "updated_at"}
        kept |= {"custom" if each.json else column_of(each) for each in closed}
        return [each.column for each in self.model._meta.concrete_fields if each.column not in kept]

    def _put_back(self, ids: Collection[UUID], columns: list[str]) -> list[UUID]:
        query = sql.SQL(_RESTORE).format(
            table=sql.Identifier(self.table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            values=sql.SQL(", ").join(sql.SQL("p.{}").format(sql.Identifier(each)) for each in columns),
        )
        return self._run(query, [self.origin, self.table, [*ids], columns])

    def _run(self, query: sql.Composed, given: list[Any]) -> list[UUID]:
        with connection.cursor() as cursor:
            cursor.execute(query, given)
            return [record_id for (record_id,) in cursor.fetchall()]
