"""The bare SQL: what the product asks the database for one request, asked again without the product."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction

from klantbeeld.platform.tenancy.scope import current

Statement = tuple[str, Sequence[Any]]
_WRITES = ("INSERT", "UPDATE")


class _Undone(Exception):
    """Takes back a write that was only looked at."""


def statements_of(call: Callable[[], object]) -> list[Statement]:
    """The statements that `call` runs; what it writes is taken back."""
    seen: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((sql, params or ()))
        return execute(sql, params, many, context)

    try:
        with transaction.atomic(), connection.execute_wrapper(note):
            call()
            raise _Undone
    except _Undone:
        pass
    return [(sql, params) for sql, params in seen if not sql.startswith(("SAVEPOINT", "RELEASE"))]


def writes_of(call: Callable[[], object], table: str) -> list[Statement]:
    """The one statement by which `call` writes the row of `table` that it is about."""
    found = [each for each in statements_of(call) if each[0].startswith(_WRITES) and f'"{table}"' in each[0][:80]]
    return found[:1]


class BareConnection:
    """One connection of the driver's own making, as the product's role and in the current scope."""

    def __init__(self) -> None:
        scope = current()
        self._connection = psycopg.connect(
            settings.DATABASE_URL,
            autocommit=True,
            prepare_threshold=None,  # a plan made once for all customers is a bad one for the busiest
            options=f"-c role={settings.APP_ROLE}",
        )
        with self._connection.cursor() as cursor:
            told = {"tenant": str(scope.tenant_id), "actor": str(scope.actor_id or ""), "origin": "bench"}
            for name, value in told.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [f"klantbeeld.{name}", value])

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def ask(self, groups: Sequence[Sequence[Statement]], first: int, seconds: float) -> list[float]:
        """Run the groups in turn for some seconds; returns the time of each group in seconds.

        A parameter that can be called is called for its value.
        """
        times, place, end = [], first, time.monotonic() + seconds
        with self._connection.cursor() as cursor:
            while (now := time.monotonic()) < end:
                for sql, params in groups[place % len(groups)]:
                    given = [value() if callable(value) else value for value in params]
                    cursor.execute(sql, given)
                    if cursor.description is not None:
                        cursor.fetchall()
                times.append(time.monotonic() - now)
                place += 1
        return times


@contextmanager
def bare_connection() -> Iterator[BareConnection]:
    """A connection for the length of the block."""
    made = BareConnection()
    try:
        yield made
    finally:
        made.close()
