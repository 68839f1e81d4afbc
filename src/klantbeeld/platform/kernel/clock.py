"""The time. Code asks `now()`, so that a test can say what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The present moment as an aware datetime in UTC."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def fixed_clock(at: datetime) -> Iterator[None]:
    """Let `now()` answer `at` inside the block, in this thread or task only.

    Raises ValueError if `at` has no time zone: a moment without one is not a moment.
    """
    if at.tzinfo is None:
        raise ValueError("a fixed clock needs a moment with a time zone")
    token = _fixed.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
