"""Bringing back what a bulk change deleted, with all that went with it, from what history keeps."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from psycopg import sql

from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.events.public import emit_for_each
from klantbeeld.platform.records.bulk import Among, BulkWriter, Written
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.writing import tell_followers

_INSERT = """
INSERT INTO {table} ({columns})
SELECT {values} FROM audit_change c CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, c.before) p
 WHERE c."table" = %s AND c.origin = %s AND c.action = 'delete' AND c.id > %s AND c.id <= %s AND {which}
    ON CONFLICT DO NOTHING RETURNING id
"""
_RELINK = """
UPDATE {table} t SET {link} = (c.before ->> %s)::uuid
  FROM audit_change c
 WHERE c."table" = %s AND c.origin = %s AND c.action = 'change' AND c.id > %s AND c.id <= %s
   AND c.before ->> %s = ANY(%s) AND c.record_id = t.id AND t.{link} IS NULL
"""
_LAST = 2**63 - 1


class Bringer:
    """Inserts deleted records again as they were, with the rows that were deleted with them, and points those back
    here that had lost their link. Who may delete such a record may bring it back."""

    def __init__(self, bulk: BulkWriter, change: BulkChange) -> None:
        self.bulk, self.type, self.change = bulk, bulk.type, change
        self.model: Any = self.type.model
        self.span = (change.history_from, change.history_to or _LAST)

    def bring(self, ids: Sequence[UUID]) -> tuple[int, list[UUID], int, int]:
        """How many are back, which aren't since something else took their place or what they belong to is gone, how
        many this actor may not bring back, and how many weren't deleted (none: they are left out)."""
        before = set(self.model._default_manager.filter(Among("pk", ids, "uuid")).values_list("pk", flat=True))
        deleted = [each for each in ids if each not in before]
        back, kept = self._insert_reachable(deleted)
        barred = len(deleted) - len(back) - len(kept)
        if back:
            self.bulk.follow_up(Written(created=[str(each) for each in back]))
            tell_followers(self.type, back)
            emit_for_each(f"{self.type.slug}.created", back, {"fields": []})
        return len(back), kept, barred, 0

    def _insert_reachable(self, ids: Sequence[UUID]) -> tuple[list[UUID], list[UUID]]:
        """Those that are back, and those that clash; the others belong to somebody whose records may not be deleted."""
        if not ids:
            return [], []
        with transaction.atomic():
            back, kept = self._insert_whole(ids)
            rows = self.type.rows(self.bulk.actor, "delete").filter(Among("pk", back, "uuid"))
            reached = set(rows.values_list("pk", flat=True))
            if len(reached) < len(back):
                transaction.set_rollback(True)
        if len(reached) == len(back):
            return back, kept
        return self._insert_whole([each for each in back if each in reached])[0], kept

    def _insert_whole(self, ids: Sequence[UUID]) -> tuple[list[UUID], list[UUID]]:
        """Insert with all that went along; by halves when one of them clashes, to find which."""
        if not ids:
            return [], []
        try:
            with transaction.atomic():
                back = self._insert(self.model, "id", ids)
                self._insert_belongings(self.model, back, {self.model})
        except IntegrityError:
            if len(ids) == 1:
                return [], list(ids)
            half = len(ids) // 2
            first, second = self._insert_whole(ids[:half]), self._insert_whole(ids[half:])
            return first[0] + second[0], first[1] + second[1]
        there = set(back)
        return back, [each for each in ids if each not in there]

    def _insert_belongings(self, model: Any, ids: Sequence[UUID], seen: set[Any]) -> None:
        for relation in model._meta.related_objects if ids else ():
            other, link = relation.related_model, relation.field.column
            if relation.on_delete is models.SET_NULL:
                self._relink(other, link, ids)
            elif relation.on_delete is models.CASCADE:
                back = self._insert(other, link, ids)
                for record_type in _types_of(other) if back else ():
                    tell_followers(record_type, back)
                if other not in seen:
                    self._insert_belongings(other, back, {*seen, other})

    def _insert(self, model: Any, link: str, ids: Collection[UUID]) -> list[UUID]:
        """Insert the rows of a table whose `link` was among the ids; returns theirs."""
        columns = [each.column for each in model._meta.concrete_fields]
        which, wanted = "c.record_id = ANY(%s)", list[Any]([list(ids)])
        if link != "id":
            which, wanted = "c.before ->> %s = ANY(%s)", [link, [str(each) for each in ids]]
        query = sql.SQL(_INSERT).format(
            table=sql.Identifier(model._meta.db_table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            values=sql.SQL(", ").join(sql.SQL("p.{}").format(sql.Identifier(each)) for each in columns),
            which=sql.SQL(which),
        )
        with connection.cursor() as cursor:
            cursor.execute(query, [model._meta.db_table, self.change.origin, *self.span, *wanted])
            return [record_id for (record_id,) in cursor.fetchall()]

    def _relink(self, model: Any, link: str, ids: Sequence[UUID]) -> None:
        if not getattr(model, "recorded", False):
            return
        table = model._meta.db_table
        query = sql.SQL(_RELINK).format(table=sql.Identifier(table), link=sql.Identifier(link))
        texts = [str(each) for each in ids]
        with connection.cursor() as cursor:
            cursor.execute(query, [link, table, self.change.origin, *self.span, link, texts])


def _types_of(model: Any) -> Iterator[Any]:
    return (each for each in registry if each.model is model)
