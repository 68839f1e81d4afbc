"""What other packages may use of customers."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from klantbeeld.customers.enums import IdentifierKind, PartyKind, Stage
from klantbeeld.customers.models import Customer

__all__ = [
    "Customer",
    "IdentifierKind",
    "PartyKind",
    "Stage",
    "Standing",
    "note_contact",
    "note_contacts",
    "set_standing",
]


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
        cursor.execute(
            "UPDATE customers_customer c SET last_contact_at = s.at, last_contact_channel = s.channel"
            " FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[]) AS s(id, at, channel)"
            " WHERE c.id = s.id AND (c.last_contact_at IS NULL OR c.last_contact_at < s.at)",
            [list(latest), list(moments), [str(each) for each in channels]],
        )


def set_standing(standings: Iterable[Standing]) -> None:
    """Store what customers have bought, in one statement."""
    rows = list(standings)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_customer c SET order_count = s.n, last_order_at = s.at, revenue = s.revenue"
            " FROM unnest(%s::uuid[], %s::int[], %s::timestamptz[], %s::numeric[]) AS s(id, n, at, revenue)"
            " WHERE c.id = s.id",
            [list(column) for column in zip(*rows, strict=True)],
        )
