"""The organisations that one account belongs to, for switching between them.

Row-level security shows a request the members of its own organisation only. One function of the database, run with
the rights of the tables' owner, answers for one account which organisations know it, and nothing else.
"""

from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from django.db import connection

_KEPT_SECONDS = 30.0
_MOST_KEPT = 1000
_kept: "dict[UUID, tuple[float, list[tuple[UUID, str, list[str]]]]]" = {}


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation to switch to; `url` has no scheme, so that the browser keeps its own."""

    name: str
    url: str
    current: bool


def of_account(user_id: UUID, current: UUID) -> list[Organisation]:
    """The organisations of an account by name; those without a host name can't be switched to and are left out."""
    return [
        Organisation(name, "/" if key == current else f"//{hosts[0]}/", key == current)
        for key, name, hosts in _rows(user_id)
        if hosts or key == current
    ]


def _rows(user_id: UUID) -> list[tuple[UUID, str, list[str]]]:
    kept = _kept.get(user_id)
    if kept is None or monotonic() - kept[0] > _KEPT_SECONDS:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name, hosts FROM klantbeeld_organisations_of(%s)", [user_id])
            kept = _kept[user_id] = (monotonic(), cursor.fetchall())
    return kept[1]
