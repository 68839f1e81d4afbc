"""A deleted record comes back with what went with it, for whoever could delete it."""

import uuid
from typing import Any

import pytest
from conftest import make_cast

from klantbeeld.commerce.models import Order, OrderLine
from klantbeeld.customers.models import Address, Customer, Identifier, Relationship
from klantbeeld.interactions.models import Interaction, Task
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.records.deletions import deletions
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.restoring import restore
from klantbeeld.platform.search.public import find
from klantbeeld.platform.tenancy.scope import Scope, entered

CUSTOMERS = registry.get("customers")


def delete(actor: Any, slug: str, pk: Any) -> None:
    registry.get(slug).writer(registry.get(slug), actor).delete(pk)


@pytest.fixture
def marieke(cast: Any, make: Any) -> Any:
    """A customer of Bob's with something of everything."""
    made = make(cast.alice, "customers", name="Marieke", email="m@example.org", owner=str(cast.bob.member_id))
    Address.objects.create(customer=made, city="Delft")
    make(cast.alice, "tasks", title="Bellen", customer=str(made.pk))
    make(cast.alice, "interactions", customer=str(made.pk), channel="call", summary="Belde", direction="in")
    return made


def test_a_customer_comes_back_with_all_that_went_with_it_under_the_same_ids(cast: Any, marieke: Any):
    def all_ids() -> Any:
        return {
            model: set(model.objects.filter(customer=marieke.pk).values_list("pk", flat=True))
            for model in (Address, Identifier, Task, Interaction)
        }

    before, written = all_ids(), Interaction.objects.get(summary="Belde").created_at
    assert all(before.values())
    delete(cast.alice, "customers", marieke.pk)
    told = restore(cast.alice, CUSTOMERS, marieke.pk)
    assert all_ids() == before
    assert not told.lost
    assert not told.cut
    again = Customer.objects.get(pk=marieke.pk)
    assert (again.name, again.owner_id) == ("Marieke", cast.bob.member_id)
    assert again.last_contact_at is not None
    assert Interaction.objects.get(summary="Belde").created_at == written
    assert [hit.id for hit in find(cast.alice, "Marieke")] == [marieke.pk]


def test_what_was_deleted_before_stays_deleted(committing_db: None):
    """Every deletion has a transaction of its own here, as on the pages."""
    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "web")):
        made = Customer.objects.create(name="Marieke")
        gone, kept = (Address.objects.create(customer=made, city=city) for city in ("Gouda", "Delft"))
        delete(cast.alice, "addresses", gone.pk)
        delete(cast.alice, "customers", made.pk)
        restore(cast.alice, CUSTOMERS, made.pk)
        assert [each.pk for each in Address.objects.filter(customer=made.pk)] == [kept.pk]
        assert Change.objects.filter(record_id=kept.pk, action="create").count() == 2


def test_an_order_comes_back_with_its_lines_its_total_and_its_place_on_the_timeline(cast: Any, make: Any, marieke: Any):
    order = make(cast.alice, "orders", number="A1", customer=str(marieke.pk))
    make(cast.alice, "order-lines", order=str(order.pk), description="Bel", quantity="2", unit_price="12.50")
    delete(cast.alice, "orders", order.pk)
    assert Customer.objects.get(pk=marieke.pk).revenue == 0
    restore(cast.alice, registry.get("orders"), order.pk)
    assert Order.objects.get(pk=order.pk).total == 25
    assert OrderLine.objects.filter(order=order.pk).count() == 1
    assert Customer.objects.get(pk=marieke.pk).revenue == 25
    assert Interaction.objects.filter(source="orders", source_id=str(order.pk)).count() == 1


def test_what_lost_its_other_end_stays_away_and_is_named(cast: Any, make: Any, marieke: Any):
    other = make(cast.alice, "customers", name="Zonnehof", kind="organisation")
    Relationship.objects.create(customer=marieke, other=other, role="works_at")
    delete(cast.alice, "customers", marieke.pk)
    delete(cast.alice, "customers", other.pk)
    told = restore(cast.alice, CUSTOMERS, marieke.pk)
    assert told.lost == {Relationship: 1}
    assert Customer.objects.filter(pk=marieke.pk).exists()


def test_a_number_that_was_given_again_refuses_and_changes_nothing(cast: Any, make: Any):
    first = make(cast.alice, "orders", number="A1")
    delete(cast.alice, "orders", first.pk)
    make(cast.alice, "orders", number="A1")
    with pytest.raises(Refused, match="There is an order with this number already"):
        restore(cast.alice, registry.get("orders"), first.pk)
    assert not Order.objects.filter(pk=first.pk).exists()


def test_what_belongs_to_a_record_that_is_gone_waits_for_it(cast: Any, marieke: Any):
    address = Address.objects.get(customer=marieke)
    delete(cast.alice, "addresses", address.pk)
    delete(cast.alice, "customers", marieke.pk)
    with pytest.raises(Refused, match="Restore that one first"):
        restore(cast.alice, registry.get("addresses"), address.pk)


def test_who_could_delete_it_may_restore_it_and_nobody_else(cast: Any, marieke: Any):
    delete(cast.alice, "customers", marieke.pk)
    for nobody in (cast.carol, cast.dave):
        with pytest.raises(NotFoundHere):
            restore(nobody, CUSTOMERS, marieke.pk)
    assert cast.client("carol").post(f"/customers/{marieke.pk}/restore").status_code == 404
    assert cast.client("bob").post(f"/customers/{marieke.pk}/restore").status_code == 302
    assert Customer.objects.filter(pk=marieke.pk).exists()
    with pytest.raises(Refused, match="there again"):
        restore(cast.alice, CUSTOMERS, marieke.pk)
    with pytest.raises(NotFoundHere):
        restore(cast.alice, CUSTOMERS, uuid.uuid4())


def test_the_page_of_the_deleted_shows_each_one_what_they_may_bring_back(cast: Any, make: Any, marieke: Any):
    carols = make(cast.alice, "customers", name="Karels fiets", owner=str(cast.carol.member_id))
    kept = make(cast.alice, "customers", name="Kees", owner=str(cast.bob.member_id))
    for each in (marieke, carols):
        delete(cast.alice, "customers", each.pk)
    pages = {who: cast.client(who).get("/customers/deleted").content.decode() for who in ("alice", "bob", "carol")}
    assert ["Marieke" in pages[who] for who in pages] == [True, True, False]
    assert ["Karels" in pages[who] for who in pages] == [True, False, True]
    assert not any("Kees" in page for page in pages.values()), kept
    found, _more = deletions(cast.alice, CUSTOMERS, "karels")
    assert [each.change.record_id for each in found] == [carols.pk]
    assert cast.client("bob").get("/customers/deleted", {"q": "%"}).status_code == 200
    answer = cast.client("alice").post(f"/customers/{marieke.pk}/restore", follow=True)
    assert "Marieke" in answer.content.decode()
    assert [each.change.record_id for each in deletions(cast.alice, CUSTOMERS)[0]] == [carols.pk]


def test_a_title_that_is_hidden_is_neither_shown_nor_searched(cast: Any, marieke: Any):
    delete(cast.alice, "customers", marieke.pk)
    role = Role.objects.get(name="Agent")
    role.grants = {"records": {"*": {"read": "all", "delete": "all", "fields": {"name": "hidden"}}}}
    role.save()
    page = cast.client("bob").get("/customers/deleted").content.decode()
    assert f"/customers/{marieke.pk}/history" in page
    assert "Marieke" not in page
    for text in ("Mar", "zzz"):
        assert str(marieke.pk) not in cast.client("bob").get("/customers/deleted", {"q": text}).content.decode()
