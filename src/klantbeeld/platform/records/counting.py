"""Counts that are honest at scale: exact up to ten thousand, above that the planner's estimate, said to be one."""

import json
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from klantbeeld.platform.records.statements import Statement

EXACT_UP_TO = 10_000
# An estimate comes from statistics that the server renews every few minutes at most.
ESTIMATE_KEPT_SECONDS = 20.0
_ESTIMATES_KEPT = 1_000

_estimates: dict[tuple[str, str], tuple[float, int]] = {}


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and whether that is exact."""

    number: int
    exact: bool


def count(rows: "Statement | None") -> Count:
    """How many rows a statement without gaps gives, at the cost of reading at most ten thousand of them.

    The estimate is asked first; only when it leaves a doubt are rows counted, and never more than the limit. None has
    no rows.
    """
    if rows is None:
        return Count(0, exact=True)
    estimate = _estimate(rows)
    if estimate > EXACT_UP_TO * 4:
        return Count(estimate, exact=False)
    with connection.cursor() as cursor:
        # A count over an inner LIMIT stops reading at the limit.
        cursor.execute(f"SELECT count(*) FROM ({rows.sql} LIMIT {EXACT_UP_TO + 1}) counted", rows.params)  # noqa: S608
        (number,) = cursor.fetchone()
    if number <= EXACT_UP_TO:
        return Count(number, exact=True)
    return Count(max(estimate, number), exact=False)


def _estimate(rows: "Statement") -> int:
    key = (rows.sql, repr(rows.params))
    kept = _estimates.get(key)
    if kept is not None and monotonic() - kept[0] < ESTIMATE_KEPT_SECONDS:
        return kept[1]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT json) {rows.sql}", rows.params)
        (plan,) = cursor.fetchone()
    made = round((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])
    while len(_estimates) >= _ESTIMATES_KEPT:
        _estimates.pop(next(iter(_estimates)), None)
    _estimates[key] = (monotonic(), made)
    return made
