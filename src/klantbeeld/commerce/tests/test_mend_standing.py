"""What former releases left wrong is right after the upgrade."""

from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

from django.db import connections

from klantbeeld.commerce.models import Order
from klantbeeld.customers.public import Customer
from klantbeeld.interactions.public import Interaction

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_the_upgrade_mends_customers_and_ledger(world: Any, make: Any):
    piet, klaas = (Customer.objects.create(name=name, owner_id=world.bob.member_id) for name in ("Piet", "Klaas"))
    moved, cancelled, gone = (
        make(world.alice, "orders", number=f"NF-{n}", customer=piet.id, placed_at=f"2026-11-{20 + n}T12:00:00Z")
        for n in range(3)
    )
    Order.objects.filter(pk=moved.pk).update(customer=klaas, total=5)
    Order.objects.filter(pk=cancelled.pk).update(status="cancelled")
    Order.objects.filter(pk=gone.pk).delete()
    with connections["owner"].cursor() as cursor:
        for operation in import_module("klantbeeld.commerce.migrations.0002_mend_standing").Migration.operations:
            cursor.execute(operation.sql)
    connections["owner"].close()
    assert list(Interaction.objects.values_list("summary", "customer__name").order_by("summary")) == [
        ("NF-0", "Klaas"),
        ("NF-1", "Piet"),
    ]
    piet.refresh_from_db()
    klaas.refresh_from_db()
    assert (piet.order_count, piet.revenue, piet.last_order_at) == (0, Decimal(0), None)
    assert piet.last_contact_at == AT.replace(day=21)
    assert (klaas.order_count, klaas.revenue, klaas.last_order_at) == (1, Decimal(5), AT)
