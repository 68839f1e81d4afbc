"""Whether a connection that waited in the pool is still good, without asking the server."""

import select
from typing import Any

from psycopg_pool import ConnectionPool


def check(connection: Any) -> None:
    """Raise OperationalError when the server has closed an idle connection.

    A server that goes, says so: then there is something to read. Only in that case is it asked, so that the connections
    that are well, all but always, cost no round trip per request.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        ConnectionPool.check_connection(connection)
