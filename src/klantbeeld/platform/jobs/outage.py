"""A database that went away: how that is recognised, and how it is waited for."""

import time

import psycopg
from django.db import InterfaceError, OperationalError, connection

LOST = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""What says that a connection is gone. COPY goes round Django, so the driver's own errors are among them."""

AWAITED_SECONDS = 120.0
_PAUSE_SECONDS = 0.25


def await_database() -> None:
    """Come back when the database answers again. Raises what it says when it hasn't for `AWAITED_SECONDS`."""
    deadline = time.monotonic() + AWAITED_SECONDS
    while True:
        try:
            connection.close()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return
        except LOST:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
