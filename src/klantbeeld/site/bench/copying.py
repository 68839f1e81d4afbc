"""Loading a table as fast as PostgreSQL takes it: COPY as its owner, without history, and indexes made afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import connections, transaction
from django.db.models import Model

_BLOCK = 2000
OWNER = "owner"


def load(model: type[Model], columns: Sequence[str], lines: Iterable[str]) -> None:
    """Replace the rows of a table by lines in COPY's text format, one per row and each ending in a line break.

    Triggers don't run, so nothing becomes history; links are taken on trust. The table's plain indexes are made when
    all rows are in. The owner of the tables is needed, and for links a superuser.
    """
    table = model._meta.db_table
    connection = connections[OWNER]
    with transaction.atomic(using=OWNER), _without_indexes(table), _without_triggers(), connection.cursor() as cursor:
        # In the transaction that empties a table, COPY need not write the log.
        cursor.execute(f'TRUNCATE "{table}" CASCADE')
        statement = f'COPY "{table}" ({", ".join(columns)}) FROM STDIN'
        with connection.connection.cursor() as raw, raw.copy(statement) as copy:
            for block in _blocks(iter(lines)):
                copy.write(block)
    analyse(table)


def analyse(*tables: str) -> None:
    """Let the planner know what is in the tables, and which pages hold only rows that everyone sees."""
    with connections[OWNER].cursor() as cursor:
        for table in tables:
            cursor.execute(f'VACUUM (ANALYZE, PARALLEL 0) "{table}"')


@contextmanager
def _without_triggers() -> Iterator[None]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@contextmanager
def _without_indexes(table: str) -> Iterator[None]:
    with connections[OWNER].cursor() as cursor:
        indexes = indexes_of(table)
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)


def indexes_of(table: str) -> list[tuple[str, str]]:
    """Name and definition of a table's indexes, without those that constraints stand on."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " WHERE i.indrelid = %s::regclass AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
            [f'"{table}"'],
        )
        found: list[tuple[str, str]] = cursor.fetchall()
    return found


def _blocks(lines: Iterator[str]) -> Iterator[str]:
    while block := "".join(islice(lines, _BLOCK)):
        yield block
