"""The history of a deleted record can be read by whoever could read the record, and by nobody else."""

from typing import Any

import pytest

from klantbeeld.customers.models import Customer, Identifier
from klantbeeld.interactions.models import Interaction
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.records.registry import registry


@pytest.fixture
def gone(cast: Any) -> Any:
    customer = Customer.objects.create(name="Marieke", city="Delft", owner_id=cast.bob.member_id)
    pk = customer.pk
    registry.get("customers").writer(registry.get("customers"), cast.alice).delete(pk)
    return pk


def test_the_page_says_what_it_was_and_who_deleted_it(cast: Any, gone: Any):
    page = cast.client("bob").get(f"/customers/{gone}/history")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Marieke" in text
    assert "Delft" in text
    assert "Alice" in text
    assert f'href="/customers/{gone}/"' not in text


def test_the_api_says_it_too(cast: Any, gone: Any):
    answer = cast.client("bob").get(f"/api/v1/customers/{gone}/history").json()
    assert answer["data"][0]["changes"]["city"] == {"before": "Delft", "after": None}


@pytest.mark.parametrize("page", ["/customers/{}/history", "/api/v1/customers/{}/history"])
def test_who_could_not_read_it_gets_404(cast: Any, gone: Any, page: str):
    assert cast.client("carol").get(page.format(gone)).status_code == 404
    there = cast.client("dave").get(page.format(gone), headers={"host": "zuiderzee.example"})
    assert there.status_code == 404


def test_a_hidden_field_stays_hidden(cast: Any, gone: Any):
    role = Role.objects.get(name="Agent")
    role.grants = {"records": {"*": role.grants["records"]["*"] | {"fields": {"city": "hidden"}}}}
    role.save()
    assert "Delft" not in cast.client("bob").get(f"/customers/{gone}/history").content.decode()


def test_what_went_with_its_customer_is_read_as_before(cast: Any):
    customer = Customer.objects.create(name="Marieke", owner_id=cast.bob.member_id)
    known = Identifier.objects.create(customer=customer, kind="phone", value="1", shown="06 1")
    entry = Interaction.objects.create(customer=customer, at="2026-11-20T12:00Z", channel="call", summary="Belde")
    customer.delete()
    for url in (f"/identifiers/{known.pk}/history", f"/interactions/{entry.pk}/history"):
        assert cast.client("bob").get(url).status_code == 200
        assert cast.client("carol").get(url).status_code == 404
    assert "Belde" in cast.client("bob").get(f"/interactions/{entry.pk}/history").content.decode()
