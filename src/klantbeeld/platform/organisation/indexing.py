"""Indexes over own fields.

All own fields of a table live in one JSONB column. An index over one key of it, for the rows of one organisation that
have a value, serves equality, ranges and order. It is made beside running work (CONCURRENTLY) on the connection of
the tables' owner, since the product's own role can't change tables. It isn't shared between organisations: where one
has a short text under a key, another may have a long one that no index entry can hold.
"""

import hashlib
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connections
from psycopg import sql

from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.customfields.models import check_key
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.record_type import RecordType

# Long texts don't fit into an index entry, and lists of choices are asked about with "contains".
INDEXED_KINDS = frozenset(
    {Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.DATETIME, Kind.BOOLEAN, Kind.CHOICE, Kind.USER, Kind.LINK}
)


def index_own_field(record_type: RecordType, tenant_id: UUID, key: str) -> str:
    """Make the index if it isn't there; its name. Must run outside a transaction.

    Raises Invalid for a key that no own field can have, and for a record type without own fields.
    """
    table, name = _checked(record_type, tenant_id, key)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = %s", [name]
        )
        found = cursor.fetchone()
        if found and found[0]:
            return name
        # One whose making was interrupted stays behind unusable.
        cursor.execute(sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(sql.Identifier(name)))
        cursor.execute(
            sql.SQL(
                "CREATE INDEX CONCURRENTLY {name} ON {table} ((custom -> {key}), id)"
                " WHERE tenant_id = {tenant}{kind} AND (custom -> {key}) IS NOT NULL"
            ).format(
                name=sql.Identifier(name),
                table=sql.Identifier(table),
                key=sql.Literal(key),
                tenant=sql.Literal(tenant_id),
                kind=sql.SQL("").join(
                    sql.SQL(" AND {} = {}").format(sql.Identifier(column), sql.Literal(value))
                    for column, value in record_type.discriminator.items()
                ),
            )
        )
    return name


def drop_own_index(record_type: RecordType, tenant_id: UUID, key: str) -> None:
    """Remove the index if it is there. Must run outside a transaction. Raises Invalid as `index_own_field` does."""
    _table, name = _checked(record_type, tenant_id, key)
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(sql.Identifier(name)))


def _checked(record_type: RecordType, tenant_id: UUID, key: str) -> tuple[str, str]:
    try:
        check_key(key)
    except ValidationError as problem:
        raise Invalid({"key": problem.messages}) from None
    if not record_type.has_custom_fields:
        raise Invalid({"record_type": [f"{record_type.slug} has no own fields"]})
    table = record_type.model._meta.db_table
    named = " ".join([table, str(tenant_id), key, *map(str, record_type.discriminator.values())])
    digest = hashlib.sha256(named.encode()).hexdigest()[:10]
    return table, f"{table[:26]}_{key[:20]}_own_{digest}"
