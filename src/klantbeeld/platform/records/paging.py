"""Keyset paging: a page starts after a row, not after a number of rows, so page 10,000 costs what page 1 costs.

Rows without a value for the sort field always come last; they are a second segment of the same list, so that one
plain index serves both directions.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from klantbeeld.platform.kernel.errors import Refused


class BadCursor(Refused):
    """A cursor that this list didn't give out."""

    code = "bad_cursor"

    def __init__(self) -> None:
        super().__init__(_("This page can't be found. Start again from the first page."))


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by one column and, among equals, by id, in the same direction."""

    name: str
    path: str
    descending: bool

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row next to which a page starts. `backward` asks for the page before it."""

    value: Any
    id: UUID
    backward: bool = False

    def encoded(self) -> str:
        """As text for an address."""
        value = self.value.isoformat() if isinstance(self.value, date | datetime) else self.value
        data = [str(value) if isinstance(value, Decimal | UUID) else value, str(self.id), int(self.backward)]
        return base64.urlsafe_b64encode(json.dumps(data, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(text: str, column: "models.Field[Any, Any]") -> Cursor:
    """The cursor that `encoded` made, its value of the sort column's type. Raises BadCursor on anything else."""
    try:
        value, row_id, backward = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if value is not None:
            if not isinstance(value, str | int) or isinstance(value, bool) or "\x00" in str(value):
                raise ValueError
            value = column.to_python(value)
            if isinstance(value, datetime) and is_naive(value):
                raise ValueError
        return Cursor(value, UUID(row_id), bool(backward))
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError, models.ObjectDoesNotExist):
        raise BadCursor from None
    except Exception as problem:  # ValidationError of the column; never a fault of ours
        if problem.__class__.__name__ != "ValidationError":
            raise
        raise BadCursor from None


@dataclass(frozen=True, slots=True)
class Part:
    """One of the queries of a page: those rows of a list that have, or that lack, a value to sort by.

    `bounded` says that they start beyond a row, `limit` how many are wanted at most.
    """

    path: str
    descending: bool
    nullable: bool
    has_value: bool
    bounded: bool
    limit: int

    def of(self, rows: "QuerySet[Any, Any]", value: Any, row_id: Any) -> "QuerySet[Any, Any]":
        """This part of `rows`; it starts beyond the row with this value and id where it is bounded."""
        if self.nullable:
            rows = rows.filter(**{f"{self.path}__isnull": not self.has_value})
        if self.bounded:
            rows = rows.filter(self._beyond(value, row_id))
        ordering = [self.path, "id"] if self.has_value else ["id"]
        return rows.order_by(*(F(each).desc() if self.descending else F(each).asc() for each in ordering))[: self.limit]

    def _beyond(self, value: Any, row_id: Any) -> Q:
        side = "lt" if self.descending else "gt"
        by_id = Q(**{f"id__{side}": row_id})
        if not self.has_value:
            return by_id
        # The first term alone bounds the index scan; the second is the exact condition.
        return Q(**{f"{self.path}__{side}e": value}) & (Q(**{f"{self.path}__{side}": value}) | by_id)


Rows = list[dict[str, Any]]


def slice_after(
    fetch: Callable[[Part, Any, UUID | None], Iterable[dict[str, Any]]],
    order: Order,
    cursor: Cursor | None,
    size: int,
    nullable: bool,
) -> tuple[Rows, bool]:
    """Up to `size` rows after (or, backward, before) the cursor, in list order, and whether there are more that way.

    `fetch` is called with a part of the list, and with the value and the id that this part starts beyond; it gives
    dictionaries with "id" and the sort column. It is called once, twice where the parts meet.
    """
    backward = cursor is not None and cursor.backward
    value, row_id = (cursor.value, cursor.id) if cursor else (None, None)
    found: Rows = []
    for has_value in _segments(cursor, backward, nullable):
        bounded = cursor is not None and (value is not None) == has_value
        part = Part(order.path, order.descending != backward, nullable, has_value, bounded, size + 1)
        found += fetch(part, value, row_id)
        if len(found) > size:
            break
    more = len(found) > size
    del found[size:]
    return (found[::-1] if backward else found), more


def _segments(cursor: Cursor | None, backward: bool, nullable: bool) -> Sequence[bool]:
    if not nullable:
        return (True,)
    if cursor is None:
        return (True, False)
    if backward:
        return (True,) if cursor.value is not None else (False, True)
    return (True, False) if cursor.value is not None else (False,)
