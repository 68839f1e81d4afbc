"""Putting the database back as it was, past the product: undoing is not what is measured."""

from django.db import connections, transaction
from psycopg import sql

from klantbeeld.site.bench.copying import OWNER, analyse

_GONE = sql.SQL(
    "CREATE TEMPORARY TABLE gone ON COMMIT DROP AS SELECT id FROM customers_customer WHERE starts_with({}, %s)"
)
_BELONGING = (
    ("search_entry", "record_id"),
    ("customers_identifier", "customer_id"),
    ("customers_customer", "id"),
)


def take_out(column: str, mark: str) -> None:
    """Remove the customers whose `column` begins with `mark`, and what a new customer brings along."""
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_GONE.format(sql.Identifier(column)), [mark])
        if cursor.rowcount == 0:
            return
        cursor.execute("ANALYZE gone")
        cursor.execute(
            "DELETE FROM audit_change WHERE record_id IN"
            " (SELECT id FROM gone UNION ALL"
            " SELECT id FROM customers_identifier WHERE customer_id IN (SELECT id FROM gone))"
        )
        for table, link in _BELONGING:
            cursor.execute(f"DELETE FROM {table} WHERE {link} IN (SELECT id FROM gone)")  # noqa: S608 - constants
    analyse("audit_change", *(table for table, _link in _BELONGING))
