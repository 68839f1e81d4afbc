"""The orders as lines for COPY."""

from collections.abc import Iterator, Sequence
from random import Random
from uuid import UUID

from klantbeeld.site.bench.history import History, moment, text_of
from klantbeeld.site.bench.ids import seeded_id
from klantbeeld.site.bench.scale import SEED, Scale

ORDER_COLUMNS = [
    "id",
    "tenant_id",
    "created_at",
    "updated_at",
    "custom",
    "number",
    "kind",
    "status",
    "customer_id",
    "placed_at",
    "currency",
    "country",
    "total",
    "line_count",
]
_STATUSES = ("completed",) * 17 + ("shipped", "open", "cancelled")


def order_lines(scale: Scale, tenant: UUID, ids: Sequence[str], history: History) -> Iterator[str]:
    """A line per order, in the order of time. They have no lines of their own: totals are as drawn."""
    rng = Random(f"{SEED} orders")  # noqa: S311 - for measuring, not for secrets
    whose = str(tenant)
    for place, (customer, cents) in enumerate(zip(history.bought, history.totals, strict=True)):
        milliseconds = moment(place, scale.orders)
        at = text_of(milliseconds)
        yield (
            f"{seeded_id(rng, milliseconds)}\t{whose}\t{at}\t{at}\t{{}}\tB{place:07d}\torder"
            f"\t{_STATUSES[int(rng.random() * len(_STATUSES))]}\t{ids[customer]}\t{at}\tEUR\tNetherlands"
            f"\t{cents // 100}.{cents % 100:02d}\t0\n"
        )
