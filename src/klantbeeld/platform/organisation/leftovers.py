"""Values that a deleted field left in the records."""

from collections.abc import Iterable

from django.db import connection
from psycopg import sql

from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.tenancy.scope import current_tenant_id

_STRING = "jsonb_typeof(v) = 'string'"
_NUMBER = "jsonb_typeof(v) = 'number'"
_DAY = "v #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND pg_input_is_valid(v #>> '{}', 'date')"
_MOMENT = "v #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' AND pg_input_is_valid(v #>> '{}', 'timestamptz')"
_FITS = {
    Kind.TEXT: f"{_STRING} AND length(v #>> '{{}}') <= 255",
    Kind.LONG_TEXT: _STRING,
    Kind.NUMBER: _NUMBER,
    Kind.MONEY: _NUMBER,
    Kind.DATE: f"{_STRING} AND {_DAY}",
    Kind.DATETIME: f"{_STRING} AND {_MOMENT}",
    Kind.BOOLEAN: "jsonb_typeof(v) = 'boolean'",
    Kind.CHOICE: f"{_STRING} AND v #>> '{{}}' = ANY (%(choices)s)",
    Kind.MULTI_CHOICE: "jsonb_typeof(v) = 'array' AND v <@ to_jsonb(%(choices)s::text[])",
}
_STRAY = """
SELECT EXISTS (
  SELECT FROM (SELECT custom -> %(key)s AS v FROM {table} WHERE tenant_id = %(tenant)s) kept
   WHERE v IS NOT NULL AND jsonb_typeof(v) <> 'null' AND NOT ({fits}))
"""


def has_stray_values(record_type: RecordType, key: str, kind: Kind, choices: Iterable[str]) -> bool:
    """Whether a record of the current organisation has a value under `key` that a field of this kind can't hold."""
    statement = sql.SQL(_STRAY).format(
        table=sql.Identifier(record_type.model._meta.db_table), fits=sql.SQL(_FITS[kind])
    )
    values = {"key": key, "tenant": current_tenant_id(), "choices": list(choices)}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)  # type: ignore[arg-type]
        found: bool = cursor.fetchone()[0]
    return found
