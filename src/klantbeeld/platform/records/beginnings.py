"""What a record was created with: its own values, or those it was deleted with, seen through the changes since."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from klantbeeld.platform.audit.models import Change

# The oldest change of a column holds what stood there until then.
_FIRST_VALUES = """
SELECT coalesce(
         (SELECT to_jsonb(r) FROM {table} r WHERE r.id = %s),
         (SELECT d.before FROM audit_change d
           WHERE d.record_id = %s AND d."table" = %s AND d.action = 'delete' LIMIT 1)) - %s::text[]
       || coalesce(jsonb_object_agg(o.key, o.value), '{{}}')
  FROM (SELECT DISTINCT ON (each.key) each.key, each.value
          FROM audit_change c CROSS JOIN LATERAL jsonb_each(c.before) each
         WHERE c.record_id = %s AND c."table" = %s AND c.action = 'change'
         ORDER BY each.key, c.id) o
"""


def tell_beginnings(model: type[Model], record_id: UUID, changes: Iterable[Change]) -> None:
    """Give the creation of a record, if it is among `changes`, the values that history doesn't keep twice.

    They are columns as history has them, without those that it doesn't record. The caller has to have seen to it
    that the record, there still or deleted, may be read.
    """
    for change in changes:
        if change.action == "create" and change.after is None:
            change.after = _first_values(model, record_id)


def _first_values(model: type[Model], record_id: UUID) -> dict[str, object] | None:
    table = model._meta.db_table
    without = ["created_at", "updated_at", *getattr(model, "unrecorded", ())]
    with connection.cursor() as cursor:
        sql = _FIRST_VALUES.format(table=connection.ops.quote_name(table))
        cursor.execute(sql, [record_id, record_id, table, without, record_id, table])
        found = cursor.fetchone()[0]
    column: Any = Change._meta.get_field("after")
    values: dict[str, object] | None = column.from_db_value(found, None, connection)
    return values
