"""PostgreSQL, with the current scope told to the server before each statement.

Row-level security reads `klantbeeld.tenant`; history reads `klantbeeld.actor` and `klantbeeld.origin`. They are sent
only when they differ from what this connection was told last, so that a request pays at most one extra round trip.
"""

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.postgresql.operations import DatabaseOperations as Operations
from psycopg import Cursor, DatabaseError
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader

from klantbeeld.platform.tenancy import scope
from klantbeeld.platform.tenancy.engine.health import is_lost

_TELL = (
    "SELECT set_config('klantbeeld.tenant', %s, false), set_config('klantbeeld.actor', %s, false),"
    " set_config('klantbeeld.origin', %s, false)"
)

_NEVER_UNASKED = 1_000_000_000
_SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class TimesInUTC(TimestamptzLoader):
    """The driver's own loader of moments, which is compiled; Django's is Python, for the sake of other time zones."""

    timezone = UTC  # which Django asks for


class PreparedCursor(Cursor[Any]):
    """Has the server keep each statement with its plan, for the life of the connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run a statement, prepared. It is prepared anew when a column that it reads has changed its type."""
        wanted = options | {"prepare": True}
        try:
            return super().execute(query, params, **wanted)
        except DatabaseError as problem:
            if self.connection.closed or self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            # A rollback makes driver and server forget what was prepared; here nothing is rolled back.
            self.connection.execute("DEALLOCATE ALL")
            if not isinstance(problem, FeatureNotSupported):
                raise
            return super().execute(query, params, **wanted)


class DatabaseOperations(Operations):
    """Django's own, which also tells what a prepared cursor ran."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """The statement with its parameters, for logs and tests."""
        told: str | None = super().last_executed_query(cursor, sql, params)
        return told or str(self.compose_sql(sql, params))


class DatabaseWrapper(PostgreSQL):
    """Django's PostgreSQL backend that keeps the server's idea of the scope equal to ours."""

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._with_scope)

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        # Only what asks for it is prepared, and then planned once for all values.
        params["prepare_threshold"] = _NEVER_UNASKED
        params["options"] = f"{params.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # A pooled connection may have lost its server meanwhile.
        made = super().get_new_connection(conn_params)
        while self.pool and is_lost(made):
            self.pool.putconn(made)
            made = super().get_new_connection(conn_params)
        if self.timezone_name == "UTC" and not hasattr(made, "told"):
            made.adapters.register_loader("timestamptz", TimesInUTC)
            made.told = None
        return made

    def prepared(self) -> Any:
        """A cursor whose statements the server parses and plans once per connection, however often they run.

        For statements that run all the time and whose best plan is the same for all values, such as those that look for
        one record. The parameters go beside the statement, so that a type may have to be said (`%s::uuid`).
        """
        self.ensure_connection()
        return self._prepare_cursor(PreparedCursor(self.connection))  # type: ignore[attr-defined]

    def _with_scope(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        # In a failed transaction only a rollback gets through, and savepoints need no scope.
        if not (isinstance(sql, str) and sql.startswith(_SAVEPOINTS)):
            self.tell_scope()
        return execute(sql, params, many, context)

    def tell_scope(self) -> None:
        """Make the server's settings equal to the current scope; for those who use the raw connection (COPY)."""
        self.ensure_connection()
        wanted = scope.settings()
        if wanted != self.told:
            self._tell(wanted)

    def _tell(self, wanted: tuple[str, str, str]) -> None:
        with self.wrap_database_errors, PreparedCursor(self.connection) as cursor:
            cursor.execute(_TELL, wanted)
        self.told = wanted

    def first_row(self, within: tuple[str, str, str], sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        """The first row of a query that is run for the organisation of a scope (as `scope.settings` gives it).

        For what precedes every request, such as looking up who asks; see `prepared`. The query may tell the server more
        of the scope while it is at it: when it has a row, the caller must say what that was (`told`).
        """
        self.ensure_connection()
        if self.told is None or self.told[0] != within[0]:
            self._tell(within)
        with self.wrap_database_errors, PreparedCursor(self.connection) as cursor:
            cursor.execute(sql, params)
            row: tuple[Any, ...] | None = cursor.fetchone()
        if row is not None:
            self.told = None
        return row

    @property
    def told(self) -> tuple[str, str, str] | None:
        """What the server of the present connection was told last; None when that isn't known."""
        # Kept with the driver's connection, which goes back to the pool and serves other requests.
        return getattr(self.connection, "told", None)

    @told.setter
    def told(self, what: tuple[str, str, str] | None) -> None:
        if self.connection is not None:
            self.connection.told = what

    def _close(self) -> None:
        if self.connection is not None and self.connection.info.transaction_status != TransactionStatus.IDLE:
            self.told = None  # the pool will roll back
        super()._close()  # type: ignore[misc]

    def _commit(self) -> None:
        if self.connection is not None and self.connection.info.transaction_status == TransactionStatus.INERROR:
            self.told = None  # the server makes a rollback of it
        super()._commit()  # type: ignore[misc]

    # A rollback undoes set_config; what was told inside the transaction is no longer true.
    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self.told = None

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self.told = None
