"""How often a token may ask: a bucket in the database from which each process takes by the handful.

The bucket holds a minute's worth and fills by the second. What has been taken is gone from it, so the limit holds
however many processes and machines answer; and only one request in many pays for asking the database.
"""

from dataclasses import dataclass
from math import ceil, floor
from threading import Lock
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from klantbeeld.platform.api.caller import Caller
from klantbeeld.platform.api.errors import TooOften

WINDOW_SECONDS = 60
MOST = 1_000_000
# A handful is half a second's worth. One that isn't used up is dropped, so that nobody saves up in several processes.
_HANDFULS = 2 * WINDOW_SECONDS
_LEASE_SECONDS = 5.0
_KEPT = 10_000

_TAKE = """
INSERT INTO api_bucket AS b (tenant_id, id, level, granted, at)
VALUES (%(tenant)s, %(token)s, %(size)s - %(wanted)s, %(wanted)s, statement_timestamp())
    ON CONFLICT (id) DO UPDATE SET
       granted = LEAST(%(wanted)s, floor({full})), level = {full} - LEAST(%(wanted)s, floor({full})),
       at = statement_timestamp()
RETURNING granted, level
""".format(
    full="LEAST(%(size)s, b.level + %(rate)s * GREATEST(0, extract(epoch FROM statement_timestamp() - b.at)::float8))"
)


@dataclass(slots=True)
class Lease:
    """What this process may still spend of a token's bucket, and what was left in the bucket when it was taken."""

    size: int
    left: int
    beyond: float
    until: float

    @property
    def headers(self) -> dict[str, str]:
        """How the limit is told (RateLimit header fields for HTTP, IETF draft)."""
        left = self.left + floor(max(0.0, self.beyond))
        return {
            "RateLimit-Policy": f'"token";q={self.size};w={WINDOW_SECONDS}',
            "RateLimit": f'"token";r={left};t={ceil((self.size - left) * WINDOW_SECONDS / self.size)}',
        }


_leases: dict[UUID, Lease] = {}
_lock = Lock()


def spend(request: HttpRequest, caller: Caller) -> None:
    """Count one request of a token; sessions of people aren't counted. Raises TooOften when there is no room."""
    if caller.token_id is None:
        return
    size = caller.requests_per_minute or settings.API_REQUESTS_PER_MINUTE
    now = monotonic()
    with _lock:
        lease = _leases.get(caller.token_id)
        if lease is not None and lease.left > 0 and lease.until > now and lease.size == size:
            lease.left -= 1
            request.lease = lease  # type: ignore[attr-defined]
            return
    lease = _taken(caller.actor.tenant.id, caller.token_id, size, now)
    request.lease = lease  # type: ignore[attr-defined]
    if not lease.left:
        raise TooOften(max(1, ceil((1 - lease.beyond) * WINDOW_SECONDS / size)))
    lease.left -= 1
    with _lock:
        while len(_leases) >= _KEPT:
            _leases.pop(next(iter(_leases)))
        _leases[caller.token_id] = lease


def tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """Put the limit on an answer, where the request was counted."""
    lease: Lease | None = getattr(request, "lease", None)
    if lease is not None:
        for name, value in lease.headers.items():
            response.headers[name] = value


def _taken(tenant_id: UUID, token_id: UUID, size: int, now: float) -> Lease:
    wanted = max(1, size // _HANDFULS)
    given: dict[str, Any] = {
        "tenant": tenant_id,
        "token": token_id,
        "size": size,
        "wanted": wanted,
        "rate": size / WINDOW_SECONDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        granted, level = cursor.fetchone()
    return Lease(size, granted, level, now + _LEASE_SECONDS)
