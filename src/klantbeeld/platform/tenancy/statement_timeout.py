"""How long a statement may take, for processes that somebody waits for."""

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg.errors import QueryCanceled


def limit_statements(seconds: int) -> None:
    """Connections that this process opens from now on break a statement off after so many seconds; 0 is for ever.

    For the process that answers requests: a worker's imports and the owner's migrations take the time they take.
    """
    options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
    limit = f"-c statement_timeout={seconds}s"
    given = options.get("options", "")
    if limit not in given:
        options["options"] = f"{given} {limit}".strip()


def took_too_long(problem: BaseException) -> bool:
    """Whether an error says that a statement was broken off."""
    return isinstance(problem, OperationalError) and isinstance(problem.__cause__, QueryCanceled)
