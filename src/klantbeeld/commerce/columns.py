"""What orders add to the list of customers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.commerce.queries import revenue_by_month
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.panels import ListColumn, add_column
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui import components, formats

MONTHS = 12


def sees_all_orders(actor: Actor) -> bool:
    """Whether a sum over orders means the same to this actor as to everybody: no order is hidden from them."""
    orders = registry.get("orders")
    every_owner = gates.owners_reached(actor, "read", orders) is None
    return every_owner and gates.may_read(actor, orders, "customer", "placed_at", "total")


def revenue_lines(actor: Actor, customer_ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """A line of the revenue in the last 12 months, this one included, for customers who bought anything in them."""
    months = last_months(clock.now().astimezone(ZoneInfo(actor.timezone)))
    year, month = months[0]
    since = datetime(year, month, 1, tzinfo=ZoneInfo(actor.timezone))
    drawn = {}
    for customer_id, bought in revenue_by_month(actor, customer_ids, since).items():
        values = [bought.get(each, 0) for each in months]
        label = _("Revenue in the last 12 months: %(sum)s") % {
            "sum": formats.money(sum(bought.values()), actor.tenant.currency, actor.language, 0)
        }
        drawn[customer_id] = components.spark([float(value) for value in values], label)
    return drawn


def last_months(now: datetime) -> list[tuple[int, int]]:
    """The last twelve (year, month), oldest first, the current one last."""
    latest = now.year * 12 + now.month - 1
    return [(each // 12, each % 12 + 1) for each in range(latest - MONTHS + 1, latest + 1)]


def add_columns() -> None:
    """Put them into lists; called once, at start-up."""
    add_column(
        ListColumn(
            "revenue-line", "customers", "order_count", gettext_lazy("12 months"), revenue_lines, sees_all_orders
        )
    )
