"""Search shows, and lets probe, nothing that the gates don't."""

from uuid import UUID

import pytest
from django.db import connection

from klantbeeld.platform.access.actor import of_user
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search import indexing
from klantbeeld.platform.search.finding import find
from klantbeeld.platform.search.models import Entry
from klantbeeld.platform.tenancy.scope import Scope, entered


def make(actor, slug="customers", **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


def restricted(cast, grants):
    """Bob, with other rights than the cast gives him."""
    Role.objects.filter(name="Agent").update(grants={"records": grants})
    return of_user(cast.tenant, cast.bob.user_id)


def test_bob_finds_his_own_customers_and_not_those_of_another_team(cast):
    own = make(cast.bob, name="Piet de Wit")
    make(cast.carol, name="Piet de Zwart")
    assert [hit.id for hit in find(cast.bob, "piet")] == [own.id]
    assert len(find(cast.alice, "piet")) == 2


def test_an_order_follows_its_customer_to_another_owner(cast):
    customer = make(cast.carol, name="Piet de Zwart")
    make(cast.alice, "orders", number="A100", customer=str(customer.id), placed_at="2026-01-02")
    assert find(cast.bob, "A100") == []
    customers = registry.get("customers")
    customers.writer(customers, cast.alice).change(customer.id, {"owner": str(cast.bob.member_id)})
    assert [hit.title for hit in find(cast.bob, "A100")] == ["A100"]


def test_an_entry_that_lags_behind_is_still_not_shown(cast):
    make(cast.carol, name="Piet de Zwart")
    Entry.objects.update(owner_id=cast.bob.member_id)
    assert find(cast.bob, "piet") == []


def test_a_hidden_field_cannot_be_probed(cast):
    make(cast.bob, name="Piet de Wit", email="geheim@example.org", phone="0611111111", city="Zwolle")
    bob = restricted(cast, {"*": {"read": "all", "fields": {"email": "hidden"}}})
    assert find(bob, "geheim") == []
    assert find(bob, "piet geheim") == []
    assert len(find(bob, "piet zwolle")) == 1


def test_a_hidden_title_makes_a_type_unsearchable(cast):
    make(cast.bob, name="Piet de Wit", city="Zwolle")
    bob = restricted(cast, {"*": {"read": "all", "fields": {"name": "hidden"}}})
    assert find(bob, "piet") == find(bob, "zwolle") == []


def test_a_hidden_subtitle_is_not_shown(cast):
    make(cast.bob, name="Piet de Wit", city="Zwolle")
    bob = restricted(cast, {"*": {"read": "all", "fields": {"city": "hidden"}}})
    assert [hit.subtitle for hit in find(bob, "piet")] == [""]


def test_nobody_finds_what_another_organisation_has(cast):
    make(cast.alice, name="Piet de Wit")
    with entered(Scope(cast.other_tenant.id, cast.dave.member_id)):
        assert find(cast.dave, "piet") == []
        assert find(cast.dave, "peit") == []


def test_the_functions_in_the_database_tell_another_organisation_nothing(cast):
    make(cast.alice, name="Piet de Wit")
    asked = "SELECT * FROM klantbeeld_search('customers', NULL, 'piet', NULL, ARRAY['z:*'::tsquery], NULL, 10)"
    for scope, number in ((Scope(cast.tenant.id), 1), (Scope(cast.other_tenant.id), 0), (None, 0)):
        with entered(scope), connection.cursor() as cursor:
            cursor.execute(asked)
            assert len(cursor.fetchall()) == number
            cursor.execute("SELECT * FROM klantbeeld_search_similar(ARRAY['peit'], 5)")
            assert len(cursor.fetchall()) == 0 or number == 1


@pytest.mark.parametrize("path", ["/palette?q=piet", "/search?q=piet", "/lookup/customers?q=piet"])
def test_a_page_shows_bob_his_own_only(cast, path):
    make(cast.bob, name="Piet de Wit")
    make(cast.carol, name="Piet de Zwart")
    html = cast.client("bob").get(path).content.decode()
    assert "Wit" in html
    assert "Zwart" not in html


def test_a_stranger_is_asked_to_sign_in_and_eve_is_refused(cast, client):
    assert client.get("/palette?q=piet").status_code == 302
    assert cast.client("eve").get("/palette?q=piet").status_code == 403


def test_the_preview_of_what_bob_may_not_see_is_not_there(cast):
    other = make(cast.carol, name="Piet de Zwart")
    bob = cast.client("bob")
    assert bob.get(f"/palette/preview/customers/{other.id}").status_code == 404
    assert bob.get(f"/palette/preview/customers/{UUID(int=7)}").status_code == 404
    assert bob.get(f"/palette/preview/nothing/{other.id}").status_code == 404
    assert bob.get("/lookup/nothing?q=a").status_code == 404


def test_orders_are_left_alone_when_what_they_hold_of_their_customer_stays(cast, monkeypatch):
    customer = registry.get("customers").writer(registry.get("customers"), cast.alice).create({"name": "Els Kok"})
    written = []
    original = indexing._write
    monkeypatch.setattr(
        indexing, "_write", lambda kind, key, ids: written.append((kind.slug, key)) or original(kind, key, ids)
    )
    writer = registry.get("customers").writer(registry.get("customers"), cast.alice)
    writer.change(customer.id, {"city": "Utrecht"})
    assert written == [("customers", "id")]
    writer.change(customer.id, {"owner": str(cast.bob.member_id)})
    assert written[1:] == [("customers", "id"), ("orders", "customer")]
