"""Identifiers that sort by the time they were made: UUID version 7, RFC 9562 section 5.7."""

import os
import time
from datetime import UTC, datetime, timedelta
from threading import Lock
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICKS_PER_MS = 4096
_MAX_TICKS = 1 << 60
_VARIANTS = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
_VERSION_AND_VARIANT = (7 << 76) | (2 << 62)

_lock = Lock()
_last_ticks = 0


def uuid7(at: datetime | None = None) -> UUID:
    """A new identifier; without `at`, greater than every one made by this process before.

    The 12 bits after the milliseconds hold the fraction of the millisecond (method 3 of RFC 9562 section 6.2);
    when the clock stands still or goes back, they count on. `at` (aware) dates the identifier, for records that
    are older than their row; order is then kept among different microseconds only.
    Raises ValueError for a naive `at`, or one before 1970 or too late for 48 bits of milliseconds.
    """
    ticks = _next_ticks() if at is None else _ticks_of(at)
    milliseconds, fraction = divmod(ticks, _TICKS_PER_MS)
    noise = int.from_bytes(os.urandom(8)) >> 2
    return UUID(int=(milliseconds << 80) | (fraction << 64) | _VERSION_AND_VARIANT | noise)


def uuid7_texts(count: int) -> list[str]:
    """`count` new identifiers as text, in order: for those who make them by the thousand and send them on as text."""
    if count < 1:
        return []
    first = _next_ticks(count) - count + 1
    noise = os.urandom(8 * count).hex()
    made = []
    for place in range(count):
        milliseconds, fraction = divmod(first + place, _TICKS_PER_MS)
        stamp = f"{milliseconds:012x}"
        bits = noise[16 * place : 16 * place + 16]
        # The two bits of the variant come before the other 62 of noise.
        variant = _VARIANTS[bits[0]]
        made.append(f"{stamp[:8]}-{stamp[8:]}-7{fraction:03x}-{variant}{bits[1:4]}-{bits[4:]}")
    return made


def _next_ticks(count: int = 1) -> int:
    """The last of `count` ticks in a row that nobody has had yet."""
    global _last_ticks
    ticks = time.time_ns() * _TICKS_PER_MS // 1_000_000
    with _lock:
        _last_ticks = ticks = max(ticks, _last_ticks + 1) + count - 1
    return ticks


def _ticks_of(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("the moment of an identifier needs a time zone")
    microseconds = (at - _EPOCH) // timedelta(microseconds=1)
    # Rounded up, so that two microseconds never share a tick and their order survives.
    ticks = -(-microseconds * _TICKS_PER_MS // 1000)
    if not 0 <= ticks < _MAX_TICKS:
        raise ValueError(f"{at.isoformat()} is outside what a version 7 UUID can carry")
    return ticks
