"""Two customers: Piet of Bob's team, and Klaas whom Carol serves."""

from datetime import UTC, datetime
from typing import Any

import pytest

from klantbeeld.customers.models import Customer
from klantbeeld.interactions.models import Interaction
from klantbeeld.platform.access.actor import of_user
from klantbeeld.platform.access.models import Role

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def piet(cast: Any) -> Customer:
    return Customer.objects.create(
        name="Piet de Boer", given_name="Piet", sort_name="boer piet", owner_id=cast.bob.member_id
    )


@pytest.fixture
def klaas(cast: Any) -> Customer:
    return Customer.objects.create(
        name="Klaas Mus", given_name="Klaas", sort_name="mus klaas", owner_id=cast.carol.member_id
    )


@pytest.fixture
def write() -> Any:
    """Write an entry straight into the ledger."""

    def written(customer: Customer, **values: Any) -> Interaction:
        defaults = {"at": NOON, "channel": "mail", "direction": "in", "summary": "Levertijd"}
        return Interaction.objects.create(customer=customer, **{**defaults, **values})

    return written


@pytest.fixture
def agent_with(cast: Any) -> Any:
    """Give the role of Bob and Carol other rights on one record type; returns Bob as he is then."""

    def changed(record_type: str, **grant: Any) -> Any:
        role = Role.objects.get(name="Agent")
        role.grants = {"records": role.grants["records"] | {record_type: role.grants["records"]["*"] | grant}}
        role.save()
        return of_user(cast.tenant, cast.bob.user_id)

    return changed
