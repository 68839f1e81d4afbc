"""Reading one customer's part of the ledger, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Left

from klantbeeld.interactions.enums import INTERNAL_CHANNELS
from klantbeeld.interactions.models import Interaction
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records import statements
from klantbeeld.platform.records.bulk import Among
from klantbeeld.platform.records.paging import Cursor, Order, Part, decode, slice_after
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.statements import Gap

PAGE_SIZE = 30
TEXT_SHOWN = 2000
NEWEST_FIRST = Order("at", "at", descending=True)
# Without these there is no timeline.
NEEDED = ("customer", "at", "channel")


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of entries; `next` is the cursor of the older ones, "" at the end, `after` where this page began."""

    rows: list[dict[str, Any]]
    next: str
    after: Cursor | None


def may_read_timeline(actor: Actor) -> bool:
    """Whether this actor may see any timeline."""
    ledger = registry.get("interactions")
    return gates.may(actor, "read", ledger) and all(gates.readable(actor, ledger, name) for name in NEEDED)


def timeline(actor: Actor, customer_id: UUID, channels: Collection[str] = (), cursor: str = "") -> Slice:
    """A page of what happened with a customer, on these channels or on all, after the cursor.

    Rows hold what may be read of id, at, channel, direction, member, summary, body (its beginning), seconds and source.
    Raises BadCursor for a cursor that no timeline gave out.
    """
    ledger = registry.get("interactions")
    readable = ledger.readable(actor)
    names: list[str] = [name for name in ("direction", "summary", "seconds") if name in readable]
    more: dict[str, Any] = {}
    if "member" in readable:
        names.append("member_id")
        more["member_name"] = F("member__name")
    if "body" in readable:
        # One letter more than is shown tells whether there is more.
        more["text"] = Left("body", TEXT_SHOWN + 1)
    after = decode(cursor, Interaction._meta.get_field("at")) if cursor else None
    key = statements.key_of(actor, ledger, None, "timeline", *channels)

    def fetch(part: Part, at: Any, entry_id: UUID | None) -> list[dict[str, Any]]:
        def build() -> "QuerySet[Any, Any]":
            # What an entry tells of decides what may be shown of it, so it is read whatever the fields' rights are.
            rows = _of_customer(actor).values("id", "at", "channel", "source", "source_id", *names, **more)
            return part.of(rows.filter(channel__in=channels) if channels else rows, Gap("at"), Gap("id"))

        return statements.rows((key, part), build, {"customer": customer_id, "at": at, "id": entry_id})

    found, has_more = slice_after(fetch, NEWEST_FIRST, after, PAGE_SIZE, nullable=False)
    following = Cursor(found[-1]["at"], found[-1]["id"]).encoded() if has_more else ""
    return Slice(found, following, after)


def counts(actor: Actor, customer_id: UUID) -> dict[str, int]:
    """How many entries there are per channel, exactly; answered from an index alone."""
    key = statements.key_of(actor, registry.get("interactions"), None, "counts")
    rows = statements.rows(
        key,
        lambda: _of_customer(actor).order_by().values("channel").annotate(n=Count("*")),
        {"customer": customer_id},
    )
    return {row["channel"]: row["n"] for row in rows}


def _of_customer(actor: Actor) -> "QuerySet[Any, Any]":
    return registry.get("interactions").rows(actor).filter(customer_id=Gap("customer"))


def latest_contacts(customer_ids: Collection[UUID]) -> "QuerySet[Any, tuple[UUID, datetime, str]]":
    """When we last met these customers, and how, whoever may read it: (customer, moment, channel)."""
    met = Interaction.objects.filter(Among("customer_id", customer_ids, "uuid")).exclude(channel__in=INTERNAL_CHANNELS)
    latest = met.order_by("customer_id", "-at", "-id").distinct("customer_id")
    return latest.values_list("customer_id", "at", "channel")
