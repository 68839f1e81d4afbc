"""What other packages may use of customers."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from klantbeeld.customers.enums import IdentifierKind, PartyKind, Stage
from klantbeeld.customers.models import Customer
from klantbeeld.platform.records.bulk import Among

__all__ = [
    "Customer",
    "IdentifierKind",
    "PartyKind",
    "Stage",
    "Standing",
    "note_contact",
    "note_contacts",
    "renew_contacts",
    "renew_standing",
]

# Rows are locked in the order of their ids before they are written: two who do so never wait for each other.
_NOTE = """
WITH given AS (SELECT * FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[]) AS s(id, at, channel)),
held AS MATERIALIZED (
  SELECT c.id, g.at, g.channel FROM customers_customer c JOIN given g USING (id)
   WHERE c.last_contact_at IS NULL OR c.last_contact_at < g.at ORDER BY c.id FOR NO KEY UPDATE OF c)
UPDATE customers_customer c SET last_contact_at = h.at, last_contact_channel = h.channel
  FROM held h WHERE c.id = h.id AND (c.last_contact_at IS NULL OR c.last_contact_at < h.at)
"""


class Standing(NamedTuple):
    """What a customer has bought so far."""

    customer_id: UUID
    order_count: int
    last_order_at: datetime | None
    revenue: Decimal


def note_contact(customer_id: UUID, at: datetime, channel: str) -> None:
    """Remember that we met at `at`, if that is later than the last time we know of. In the current transaction."""
    Customer.objects.filter(id=customer_id).exclude(last_contact_at__gte=at).update(
        last_contact_at=at, last_contact_channel=channel
    )


def note_contacts(contacts: Iterable[tuple[UUID, datetime, str]]) -> None:
    """`note_contact` for many (customer, moment, channel) at once, in one statement."""
    latest: dict[UUID, tuple[datetime, str]] = {}
    for customer_id, at, channel in contacts:
        if customer_id not in latest or latest[customer_id][0] < at:
            latest[customer_id] = (at, channel)
    if not latest:
        return
    moments, channels = zip(*latest.values(), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [list(latest), list(moments), [str(each) for each in channels]])


def renew_contacts(
    customer_ids: Collection[UUID], compute: Callable[[list[UUID]], Iterable[tuple[UUID, datetime, str]]]
) -> None:
    """Store the last contact of customers, as `compute` finds it: (customer, moment, channel), none for whom we never
    met. In the current transaction; `compute` is called when nobody else can store it meanwhile.
    """
    held = _held(customer_ids)
    Customer.objects.filter(Among("pk", held, "uuid")).update(last_contact_at=None, last_contact_channel="")
    note_contacts(compute(held))


def renew_standing(customer_ids: Collection[UUID], compute: Callable[[list[UUID]], Iterable[Standing]]) -> None:
    """Store what customers have bought, as `compute` finds it. In the current transaction; `compute` is called when
    nobody else can store it meanwhile, so that it sees all that was committed before.
    """
    rows = list(compute(_held(customer_ids)))
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_customer c SET order_count = s.n, last_order_at = s.at, revenue = s.revenue"
            " FROM unnest(%s::uuid[], %s::int[], %s::timestamptz[], %s::numeric[]) AS s(id, n, at, revenue)"
            " WHERE c.id = s.id",
            [list(column) for column in zip(*rows, strict=True)],
        )


def _held(customer_ids: Collection[UUID]) -> list[UUID]:
    """Lock customers until the transaction ends, always in the order of their ids, so that two never wait for each
    other; the ids of those there are."""
    rows = Customer.objects.filter(Among("pk", customer_ids, "uuid")).order_by("pk")
    return list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
