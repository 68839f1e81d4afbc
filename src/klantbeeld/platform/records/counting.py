"""Counts that are honest at scale: exact up to ten thousand, above that the planner's estimate, said to be one."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

EXACT_UP_TO = 10_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and whether that is exact."""

    number: int
    exact: bool


def count(rows: "QuerySet[Any, Any]") -> Count:
    """How many rows, at the cost of reading at most ten thousand of them.

    The estimate is asked first; only when it leaves a doubt are rows counted, and never more than the limit.
    """
    rows = rows.order_by()
    estimate = _estimate(rows)
    if estimate > EXACT_UP_TO * 4:
        return Count(estimate, exact=False)
    # A count over an inner LIMIT stops reading at the limit.
    number = rows.values("pk")[: EXACT_UP_TO + 1].count()
    if number <= EXACT_UP_TO:
        return Count(number, exact=True)
    return Count(max(estimate, number), exact=False)


def _estimate(rows: "QuerySet[Any, Any]") -> int:
    plan = json.loads(rows.values("pk").explain(format="json"))
    return round(plan[0]["Plan"]["Plan Rows"])
