"""One run at a time: whoever does a job holds a lock on it for as long as their connection lives."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

_KEY = "hashtextextended(%s, 0)"


class StillRunning(Exception):
    """Somebody else is at this job: look again later, in case they die."""


@contextmanager
def alone(job_id: object) -> Iterator[None]:
    """Hold the lock on a job; raises StillRunning when another connection has it.

    It belongs to the session, not to a transaction: it lasts through all of the job's transactions, and goes with the
    connection when process, network or database fail.
    """
    key = f"klantbeeld job {job_id}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({_KEY})", [key])
        (held,) = cursor.fetchone()
    if not held:
        raise StillRunning
    try:
        yield
    finally:
        # A connection that is gone has taken its lock along.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_unlock({_KEY})", [key])
