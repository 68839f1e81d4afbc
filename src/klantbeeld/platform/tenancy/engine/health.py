"""Whether a connection that waited in the pool is still good, without asking the server."""

import select
from typing import Any

import psycopg


def is_lost(connection: "psycopg.Connection[Any]") -> bool:
    """Whether the server has closed this idle connection.

    A server that goes, says so: then there is something to read. Only in that case is it asked, so that the connections
    that are well, all but always, cost no round trip per request.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if not waiting.poll(0):
        return False
    try:
        connection.execute("")
    except psycopg.OperationalError:
        return True
    return False
