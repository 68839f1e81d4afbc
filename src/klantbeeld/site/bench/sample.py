"""What is asked for: customers, and places far down lists, found once before measuring begins."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from klantbeeld.interactions.models import Interaction
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records.paging import Cursor
from klantbeeld.platform.records.reading import PAGE_SIZE, matching
from klantbeeld.platform.records.registry import registry
from klantbeeld.site.bench.scale import Scale

# Two thirds of all customers: a filter that leaves enough for ten thousand pages.
MOSTLY: dict[str, Any] = {"all": [{"field": "stage", "op": "is", "value": "customer"}]}
_CUSTOMERS = 200
_DEEP = 4


@dataclass(frozen=True)
class Sample:
    """Customers with orders; the busiest one, with places in its timeline; cursors of the pages around `deep_page`."""

    customers: list[UUID]
    busiest: UUID
    older: list[str]
    deep_page: int
    deep_cursors: list[str]


def drawn_from(actor: Actor, scale: Scale, busiest: UUID) -> Sample:
    """The sample for the current tenant."""
    customers = registry.get("customers")
    rows = customers.rows(actor)
    known = list(rows.filter(order_count__gte=2).order_by("pk").values_list("pk", flat=True)[: 4 * _CUSTOMERS])
    ledger = Interaction.objects.filter(customer=busiest).order_by("-at", "-id").values_list("at", "id")
    older = [Cursor(*ledger[place]).encoded() for place in range(30, 9000, 1500)]
    sorted_by_name = matching(actor, customers, conditions.parse(MOSTLY)).order_by("sort_name", "id")
    deep = scale.deep_page - _DEEP
    places = sorted_by_name.values_list("sort_name", "id")[(deep - 1) * PAGE_SIZE - 1 : (deep + _DEEP) * PAGE_SIZE]
    cursors = [Cursor(*place).encoded() for place in list(places)[::PAGE_SIZE]]
    return Sample(
        known[:: max(1, len(known) // _CUSTOMERS)][:_CUSTOMERS], busiest, older, scale.deep_page, cursors[:_DEEP]
    )
