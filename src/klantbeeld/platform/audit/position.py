"""Where a change stands in the order of all changes: the number of the transaction that made it.

Numbers are given when a transaction begins to write, and what it wrote shows when it commits: whoever reads on from a
place must stop before the oldest transaction that is still at work, or they would never see what it wrote. `horizon`
says where that is.

A dump put back on another server meets other transaction numbers. Then a base is added to them, so that what happens
from now on stands behind what came along.
"""

from django.conf import settings
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models import Func

# Constants in functions, which the planner puts in their place: they cost nothing per row, and a dump takes them along.
_BASE = (
    "CREATE OR REPLACE FUNCTION klantbeeld_position_base() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT {}::bigint'"
)
_SERVER = (
    "CREATE OR REPLACE FUNCTION klantbeeld_position_server() RETURNS bigint LANGUAGE sql IMMUTABLE"
    " AS 'SELECT {}::bigint'"
)
FUNCTIONS = f"""
{_BASE.format(0)};
{_SERVER.format(0)};
CREATE OR REPLACE FUNCTION klantbeeld_position() RETURNS bigint LANGUAGE sql STABLE AS
  'SELECT klantbeeld_position_base() + pg_current_xact_id()::text::bigint';
"""
# A server may hold other databases, whose transactions say nothing of ours: those of which a lock tells that they are
# in another one don't count.
_HORIZON = """
WITH now AS MATERIALIZED (SELECT pg_current_snapshot() AS snapshot),
     elsewhere AS (
       SELECT t.transactionid::text::bigint AS number
         FROM pg_locks t JOIN pg_locks o ON o.pid = t.pid
        WHERE t.locktype = 'transactionid' AND t.mode = 'ExclusiveLock' AND t.granted AND o.database <> 0
          AND o.database <> (SELECT oid FROM pg_database WHERE datname = current_database()))
SELECT klantbeeld_position_base() + coalesce(
         (SELECT min(at_work::text::bigint) FROM pg_snapshot_xip(snapshot) at_work
           WHERE at_work::text::bigint % 4294967296 NOT IN (SELECT number FROM elsewhere)),
         pg_snapshot_xmax(snapshot)::text::bigint)
  FROM now
"""
_KNOWN = """
SELECT (SELECT system_identifier FROM pg_control_system()), klantbeeld_position_server(),
       klantbeeld_position_base(), pg_current_xact_id()::text::bigint
"""


def position_field() -> "models.BigIntegerField[int | None, int | None]":
    """The column of a table whose rows stand in the order; None in rows that are older than the order."""
    default = Func(function="klantbeeld_position", output_field=models.BigIntegerField())
    return models.BigIntegerField(null=True, editable=False, db_default=default)


def horizon() -> int:
    """The place before which nothing will appear any more."""
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        found: int = cursor.fetchone()[0]
    return found


def settle(cursor: CursorWrapper) -> None:
    """See to it that what happens from now on stands behind what has happened, also on another server."""
    cursor.execute(_KNOWN)
    server, known, base, number = cursor.fetchone()
    if server == known:
        return
    if known:
        cursor.execute("SELECT coalesce(max(position), 0) FROM audit_change")
        base = max(base, cursor.fetchone()[0] + 1 - number)
    cursor.execute(_BASE.format(int(base)))
    cursor.execute(_SERVER.format(int(server)))
    cursor.execute(f"GRANT EXECUTE ON FUNCTION klantbeeld_position_base() TO {settings.APP_ROLE}")
