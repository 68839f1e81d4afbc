"""How many rows each table holds, exactly: what a backup promises and a restore must show again."""

from typing import Any

import psycopg
from psycopg import sql

_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
      AND c.relpersistence = 'p'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2
"""


def count_rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """The rows of every table of ours, by `schema.table`, as this connection's transaction sees them.

    Raises:
        psycopg.Error: the role may not see all rows of some table.
    """
    # Rather an error than a count of the few rows that a policy lets through.
    connection.execute("SET LOCAL row_security = off")
    counts = {}
    for schema, table in connection.execute(_TABLES).fetchall():
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        row = connection.execute(query).fetchone()
        counts[f"{schema}.{table}"] = int(row[0]) if row else 0
    return counts
