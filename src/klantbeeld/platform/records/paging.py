"""Keyset paging: a page starts after a row, not after a number of rows, so page 10,000 costs what page 1 costs.

Rows without a value for the sort field always come last; they are a second segment of the same list, so that one
plain index serves both directions.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet
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
        return Cursor(value, UUID(row_id), bool(backward))
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError, models.ObjectDoesNotExist):
        raise BadCursor from None
    except Exception as problem:  # ValidationError of the column; never a fault of ours
        if problem.__class__.__name__ != "ValidationError":
            raise
        raise BadCursor from None


def slice_after(
    rows: "QuerySet[Any, dict[str, Any]]", order: Order, cursor: Cursor | None, size: int, nullable: bool
) -> tuple[list[dict[str, Any]], bool]:
    """Up to `size` rows after (or, backward, before) the cursor, in list order, and whether there are more that way.

    `rows` must yield dictionaries with "id" and the sort column. One query, two where the segments meet.
    """
    backward = cursor is not None and cursor.backward
    descending = order.descending != backward
    found: list[dict[str, Any]] = []
    for has_value in _segments(cursor, backward, nullable):
        segment = rows
        if nullable:
            segment = segment.filter(**{f"{order.path}__isnull": not has_value})
        if cursor is not None and (cursor.value is not None) == has_value:
            segment = segment.filter(_beyond(order.path, cursor, descending, has_value))
        ordering = [order.path, "id"] if has_value else ["id"]
        segment = segment.order_by(*(F(each).desc() if descending else F(each).asc() for each in ordering))
        found += segment[: size + 1 - len(found)]
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


def _beyond(path: str, cursor: Cursor, descending: bool, has_value: bool) -> Q:
    side = "lt" if descending else "gt"
    by_id = Q(**{f"id__{side}": cursor.id})
    if not has_value:
        return by_id
    # The first term alone bounds the index scan; the second is the exact condition.
    return Q(**{f"{path}__{side}e": cursor.value}) & (Q(**{f"{path}__{side}": cursor.value}) | by_id)
