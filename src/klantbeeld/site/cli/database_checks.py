"""Questions about the database: can it be reached, is it up to date, is anything stuck in it."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from klantbeeld.site.cli.diagnosis import Finding, Level
from klantbeeld.site.cli.replacement import APPLICATION_ROLE

_OLDEST_MAJOR = 15
_STUCK_MINUTES = 60
_LAG_SECONDS = 300

Connection = psycopg.Connection[Any]


def check_database(url: str) -> Iterator[Finding]:
    """All findings about the database at `url`; only the first if it can't be reached."""
    try:
        connection = psycopg.connect(url, connect_timeout=5, autocommit=True)
    except psycopg.Error as error:
        found = f"can't be reached: {str(error).strip()}"
        yield Finding(Level.BAD, "database", found, "Is it running, and is DATABASE_URL right?")
        return
    with connection:
        for about, check in _CHECKS.items():
            try:
                yield check(connection)
            except psycopg.Error as error:
                found = f"could not be looked at: {str(error).strip()}"
                yield Finding(Level.WARN, about, found, "Look at the database's log.")


def _check_server(connection: Connection) -> Finding:
    major, minor = divmod(connection.info.server_version, 10000)
    size = _one(connection, "SELECT pg_size_pretty(pg_database_size(current_database()))")
    if major < _OLDEST_MAJOR:
        mend = f"Move to PostgreSQL {_OLDEST_MAJOR} or later."
        return Finding(Level.BAD, "database", f"PostgreSQL {major}.{minor} is too old", mend)
    return Finding(Level.OK, "database", f"PostgreSQL {major}.{minor}, {size}")


def _check_role(connection: Connection) -> Finding:
    query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s"
    row = connection.execute(query, [APPLICATION_ROLE]).fetchone()
    if row is None:
        found = f"there is no role {APPLICATION_ROLE} yet"
        return Finding(Level.WARN, "role", found, "./klantbeeld manage migrate makes it.")
    if row[0]:
        mend = f"ALTER ROLE {APPLICATION_ROLE} NOSUPERUSER NOBYPASSRLS;"
        return Finding(Level.BAD, "role", f"{APPLICATION_ROLE} can see the rows of every organisation", mend)
    return Finding(Level.OK, "role", f"{APPLICATION_ROLE} is bound by row-level security")


def _check_jobs(connection: Connection) -> Finding:
    if not _there(connection, "procrastinate_jobs"):
        return Finding(Level.WARN, "jobs", "there is no queue yet", "./klantbeeld manage migrate makes it.")
    waiting, failed = _counts(
        connection,
        "SELECT count(*) FILTER (WHERE status = 'todo'),"
        " count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs",
    )
    found = f"{waiting:,} waiting, {failed:,} failed"
    if failed:
        return Finding(Level.WARN, "jobs", found, "logs/worker.log in the data folder says why.")
    return Finding(Level.OK, "jobs", found)


def _check_stalled(connection: Connection) -> Finding:
    if not _there(connection, "procrastinate_jobs"):
        return Finding(Level.OK, "stuck jobs", "none")
    (stuck,) = _counts(
        connection,
        "SELECT count(*) FROM procrastinate_jobs j WHERE j.status = 'doing' AND NOT EXISTS (SELECT 1"
        " FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - make_interval(mins => %s))",
        _STUCK_MINUTES,
    )
    if stuck:
        found = f"{stuck:,} jobs have been at it for over {_STUCK_MINUTES} minutes"
        return Finding(Level.WARN, "stuck jobs", found, "If their worker is gone, a new start frees them.")
    return Finding(Level.OK, "stuck jobs", "none")


def _check_outbox(connection: Connection) -> Finding:
    if not _there(connection, "events_outbox"):
        return Finding(Level.WARN, "events", "there is no outbox yet", "./klantbeeld manage migrate makes it.")
    late, failed, seconds = _counts(
        connection,
        "SELECT count(*) FILTER (WHERE late), count(failed_at),"
        " coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE late)), 0)::int"
        " FROM (SELECT *, failed_at IS NULL AND due_at < now() AS late FROM events_outbox) AS outbox",
    )
    found = f"{late:,} due, the oldest for {seconds:,} s; {failed:,} given up"
    if seconds > _LAG_SECONDS:
        return Finding(Level.BAD, "events", found, "No worker handles them: start Klantbeeld, read logs/worker.log.")
    if failed:
        mend = "The column error of events_outbox says why; set failed_at to NULL to try again."
        return Finding(Level.WARN, "events", found, mend)
    return Finding(Level.OK, "events", found)


def _there(connection: Connection, table: str) -> bool:
    return _one(connection, f"SELECT to_regclass('{table}') IS NOT NULL") == "True"


def _one(connection: Connection, query: str) -> str:
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else ""


def _counts(connection: Connection, query: str, *values: object) -> tuple[int, ...]:
    row = connection.execute(query, values).fetchone()
    return tuple(int(value) for value in row) if row else ()


_CHECKS: dict[str, Callable[[Connection], Finding]] = {
    "database": _check_server,
    "role": _check_role,
    "jobs": _check_jobs,
    "stuck jobs": _check_stalled,
    "events": _check_outbox,
}
