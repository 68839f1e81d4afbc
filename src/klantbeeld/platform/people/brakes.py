"""Holding up whoever guesses: every failed attempt in a row makes the next one wait longer.

Counted in the database, so that all processes count together, and before the password is looked at, so that attempts
at the same moment count, too. An address that nobody has is held up like any other: the answer tells nothing.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.people.models import Brake

_LONGEST = timedelta(hours=1)
_FORGOTTEN_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Limit:
    """`free` failures cost nothing; each further one doubles the wait, from a minute to an hour. One is forgotten
    whenever `forgets` passes without another."""

    free: int
    forgets: timedelta


OF_ACCOUNT = Limit(free=5, forgets=timedelta(hours=1))
OF_NETWORK = Limit(free=50, forgets=timedelta(minutes=1))  # a whole office may share one address


def of_account(email: str) -> str:
    """The key of the account with an e-mail address, in use or not."""
    return _digest("account", email.strip().lower())


def of_codes(user_id: object) -> str:
    """The key of the second step of an account; a right password doesn't release it."""
    return _digest("codes", str(user_id))


def of_network(address: str) -> str:
    """The key of an IP address; of IPv6 of its /64, which is one subscriber's."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return _digest("network", address)
    bits = 64 if ip.version == 6 else 32
    return _digest("network", str(ipaddress.ip_network((ip, bits), strict=False)))


def count_attempt(key: str, limit: Limit) -> datetime | None:
    """Count an attempt as failed until `release` or `take_back` says otherwise; the moment until which it is held up
    (then it isn't counted and mustn't be made), or None."""
    now = clock.now()
    with transaction.atomic():
        Brake.objects.bulk_create([Brake(key=key, failed_at=now)], ignore_conflicts=True)
        brake = Brake.objects.select_for_update().get(key=key)
        if brake.held_until is not None and brake.held_until > now:
            return brake.held_until
        brake.failures = max(0, brake.failures - (now - brake.failed_at) // limit.forgets) + 1
        brake.failed_at = now
        brake.held_until = now + wait_after(brake.failures, limit) if brake.failures >= limit.free else None
        brake.save()
    return None


def wait_after(failures: int, limit: Limit) -> timedelta:
    """How long the next attempt has to wait after this many failures."""
    if failures < limit.free:
        return timedelta(0)
    return min(timedelta(minutes=2 ** min(failures - limit.free, 10)), _LONGEST)


def take_back(key: str) -> None:
    """Count one attempt less: it was right. What others failed before still counts."""
    with transaction.atomic():
        brake = Brake.objects.select_for_update().filter(key=key).first()
        if brake is not None:
            brake.failures = max(0, brake.failures - 1)
            brake.held_until = None
            brake.save()


def release(key: str) -> None:
    """Forget the failures of a key."""
    Brake.objects.filter(key=key).delete()


def held_until(key: str) -> datetime | None:
    """Until when a key is held up; None when it isn't."""
    brake = Brake.objects.filter(key=key, held_until__gt=clock.now()).first()
    return brake.held_until if brake else None


def remove_old_brakes() -> None:
    """Delete what has been forgotten anyway."""
    Brake.objects.filter(failed_at__lt=clock.now() - _FORGOTTEN_AFTER).delete()


def _digest(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
