from typing import Any

import pytest

from klantbeeld.customers.models import Address, Customer, Identifier, Relationship
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.records.registry import registry


def make(actor: Any, slug: str, **values: Any) -> Any:
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(values)


@pytest.fixture
def piet(cast: Any) -> Customer:
    return make(cast.bob, "customers", name="Piet de Boer", email="piet@boer.nl", phone="06 28419037")


@pytest.fixture
def klaas(cast: Any) -> Customer:
    return make(cast.carol, "customers", name="Klaas Mus", email="klaas@mus.nl")


def get(cast: Any, name: str, path: str) -> str:
    answer = cast.client(name).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_number_says_who_gave_it_and_what_was_known_before(cast: Any, piet: Customer):
    customers = registry.get("customers")
    customers.writer(customers, cast.bob).change(piet.id, {"phone": "030 2714409"})
    make(cast.bob, "identifiers", customer=piet.id, kind="phone", shown="06 11111111", source="Till, 2019")
    page = get(cast, "bob", f"/customers/{piet.id}/why/phone").replace("\u00a0", " ")
    assert page.index("030 271 44 09") < page.index("06 28 41 90 37")  # the one in use comes first
    assert "entered by Alice" in page  # whose hands the tests' scope is in
    assert "Till, 2019" in page


def test_an_address_shows_what_it_replaced(cast: Any, piet: Customer):
    customers = registry.get("customers")
    for street in ("Oudegracht", "Biltstraat"):
        customers.writer(customers, cast.bob).change(piet.id, {"street": street, "house_number": "1"})
    page = get(cast, "bob", f"/customers/{piet.id}/why/address")
    assert '<span class="was">Oudegracht 1</span>' in page
    assert "<span>Biltstraat 1</span>" in page


def test_why_is_for_those_who_may_see_the_value(cast: Any, piet: Customer, klaas: Customer):
    assert cast.client("bob").get(f"/customers/{klaas.id}/why/email").status_code == 404
    role = Role.objects.get(name="Agent")
    role.grants = {"records": {"*": role.grants["records"]["*"] | {"fields": {"phone": "hidden"}}}}
    role.save()
    assert cast.client("bob").get(f"/customers/{piet.id}/why/phone").status_code == 404
    assert "06 28" not in get(cast, "bob", f"/customers/{piet.id}/").replace("\u00a0", " ")
    assert cast.client("bob").get(f"/customers/{piet.id}/why/shoe-size").status_code == 404


def test_a_relationship_is_told_from_both_sides(cast: Any, piet: Customer):
    firm = make(cast.bob, "customers", name="Zonnehof", kind="organisation")
    make(cast.bob, "relationships", customer=piet.id, role="works_at", other=firm.id, begins_on="2021-03-01")
    here = get(cast, "bob", f"/customers/{piet.id}/panel/relationships")
    there = get(cast, "bob", f"/customers/{firm.id}/panel/relationships")
    assert "works at" in here
    assert "Zonnehof" in here
    assert "employs" in there
    assert "Piet de Boer" in there


def test_a_relationship_stands_in_the_list_in_words(cast: Any, piet: Customer, klaas: Customer):
    make(cast.alice, "relationships", customer=piet.id, role="lives_with", other=klaas.id)
    listed = get(cast, "bob", "/relationships/")
    assert ("lives with" in listed, "lives_with" in listed) == (True, False)


def test_the_name_of_a_customer_who_may_not_be_seen_is_kept_back(cast: Any, piet: Customer, klaas: Customer):
    make(cast.alice, "relationships", customer=piet.id, role="lives_with", other=klaas.id)
    panel = get(cast, "bob", f"/customers/{piet.id}/panel/relationships")
    assert "Klaas" not in panel
    assert "not visible to you" in panel


def test_a_relationship_is_added_and_ended_on_the_page(cast: Any, piet: Customer):
    firm = make(cast.bob, "customers", name="Zonnehof", kind="organisation")
    path = f"/customers/{piet.id}/add/relationships"
    assert "combobox" in get(cast, "bob", path)
    wrong = cast.client("bob").post(path, {"role": "works_at", "other": str(piet.id), "function": "baas"})
    assert wrong.status_code == 422
    assert "related to itself" in wrong.content.decode()
    assert 'value="baas"' in wrong.content.decode()
    assert cast.client("bob").post(path, {"role": "works_at", "other": str(firm.id)}).status_code == 204
    tie = Relationship.objects.get()
    assert cast.client("carol").post(f"/relationships/{tie.id}/end").status_code == 404
    answer = cast.client("bob").post(f"/relationships/{tie.id}/end")
    assert "panel:relationships" in answer["HX-Trigger"]
    tie.refresh_from_db()
    assert tie.ends_on is not None


def test_identifiers_and_addresses_come_and_go(cast: Any, piet: Customer):
    client = cast.client("bob")
    bad = client.post(f"/customers/{piet.id}/add/identifiers", {"kind": "iban", "shown": "NL00"})
    assert bad.status_code == 422
    client.post(f"/customers/{piet.id}/add/identifiers", {"kind": "loyalty", "shown": "12345"})
    client.post(f"/customers/{piet.id}/add/addresses", {"kind": "delivery", "city": "Utrecht"})
    card, address = Identifier.objects.get(kind="loyalty"), Address.objects.get()
    assert "12345" in get(cast, "bob", f"/customers/{piet.id}/panel/identifiers")
    assert "Utrecht" in get(cast, "bob", f"/customers/{piet.id}/panel/addresses")
    assert cast.client("carol").post(f"/identifiers/{card.id}/remove").status_code == 404
    assert client.post(f"/identifiers/{card.id}/remove").status_code == 204
    assert client.post(f"/addresses/{address.id}/remove").status_code == 204
    assert not Identifier.objects.filter(kind="loyalty").exists()
    assert client.post(f"/customers/{piet.id}/remove").status_code == 404
    assert Customer.objects.filter(pk=piet.pk).exists()


def test_panels_of_types_that_may_not_be_read_are_not_there(cast: Any, piet: Customer):
    role = Role.objects.get(name="Agent")
    everything = role.grants["records"]["*"]
    nothing = {"read": "none", "create": "none", "change": "none", "delete": "none", "export": "none"}
    hidden = ("identifiers", "addresses", "relationships", "orders", "tasks", "interactions")
    role.grants = {"records": {"*": everything} | dict.fromkeys(hidden, nothing)}
    role.save()
    page = get(cast, "bob", f"/customers/{piet.id}/")
    assert not [slug for slug in hidden if f'id="panel-{slug}"' in page]
    assert "timeline-days" not in page


def test_a_street_typed_with_its_number_is_kept_in_two_fields(cast: Any, piet: Customer):
    customers = registry.get("customers")
    writer = customers.writer(customers, cast.bob)
    writer.change(piet.id, {"street": "Kerkstraat 12", "house_number": ""})
    writer.change(piet.id, {"city": "Ede"})
    piet.refresh_from_db()
    assert (piet.street, piet.house_number) == ("Kerkstraat", "12")
    writer.change(piet.id, {"street": "Dorpsweg"})
    piet.refresh_from_db()
    assert (piet.street, piet.house_number) == ("Dorpsweg", "12")
    other = make(cast.bob, "addresses", customer=piet.id, kind="billing", street="Markt 3 b", city="Ede")
    assert (other.street, other.house_number) == ("Markt", "3b")
