"""Making the database that is measured, once: it is kept for the next run."""

import time
from collections.abc import Callable

from django.db import connection, connections

from klantbeeld.commerce.models import Order
from klantbeeld.customers.models import Customer, Identifier
from klantbeeld.interactions.models import Interaction
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.site.bench import customers, history, interactions, orders, organisation
from klantbeeld.site.bench.copying import OWNER, analyse, load
from klantbeeld.site.bench.filling_index import fill_index
from klantbeeld.site.bench.scale import VERSION, Scale
from klantbeeld.site.bench.stamp import Facts, read, write

Tell = Callable[[str], None]


class NotOurDatabase(Exception):
    """The database holds something else than what is measured."""


def prepared(scale: Scale, tell: Tell) -> Facts:
    """The database for this scale, made if it isn't there yet.

    Raises NotOurDatabase when it holds an organisation that isn't ours.
    """
    found = read()
    if found is not None and (found.version, found.factor) == (VERSION, scale.factor):
        return found
    if Tenant.objects.exclude(slug=organisation.SLUG).exists():
        raise NotOurDatabase
    _empty()
    begun = time.monotonic()
    facts = _made(scale, lambda text: tell(f"{time.monotonic() - begun:5.0f} s  {text}"))
    write(facts)
    return facts


def _empty() -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("TRUNCATE tenancy_tenant, people_user CASCADE")


def _made(scale: Scale, tell: Tell) -> Facts:
    made = organisation.found(scale.members)
    tenant = made.tenant.id
    tell("drawing who met us when")
    drawn = history.drawn(scale)
    ids = customers.customer_ids(scale)
    tell(f"{scale.customers:,} customers")
    load(
        Customer,
        customers.CUSTOMER_COLUMNS,
        customers.customer_lines(scale, tenant, made.members, ids, drawn),
    )
    tell("identifiers")
    load(Identifier, customers.IDENTIFIER_COLUMNS, customers.identifier_lines(scale, tenant, ids))
    tell(f"{scale.orders:,} orders")
    load(Order, orders.ORDER_COLUMNS, orders.order_lines(scale, tenant, ids, drawn))
    tell(f"{scale.interactions:,} interactions")
    load(
        Interaction,
        interactions.INTERACTION_COLUMNS,
        interactions.interaction_lines(scale, tenant, made.members, ids, drawn),
    )
    tell("search index")
    with entered(Scope(tenant, origin="bench")):
        fill_index()
    analyse("people_session", "access_role", "people_member", "people_user")
    connection.close()
    tell("done")
    return Facts(VERSION, scale.factor, str(made.owner), str(made.agent), ids[0])
