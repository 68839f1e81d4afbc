"""Groups of a list, with counts and sums."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klantbeeld.platform.customfields.models import CustomField
from klantbeeld.platform.records import grouping
from klantbeeld.platform.records.grouping import groups_of
from klantbeeld.platform.records.reading import matching
from klantbeeld.platform.records.registry import registry

ORDERS = (
    ("1", "order", "open", "2026-01-31T23:30:00+01:00", "100.50"),
    ("2", "order", "paid", "2026-02-01T00:30:00+01:00", "10"),
    ("3", "credit_note", "paid", "2026-02-10T12:00:00+01:00", "-3"),
)


@pytest.fixture
def orders(cast):
    from tests.factory import make as built

    model = registry.get("orders").model
    customer = registry.get("customers").model.objects.create(name="Anna", owner_id=cast.bob.member_id)
    kinds, statuses = (model._meta.get_field(name).choices for name in ("kind", "status"))
    return [
        built(
            model,
            number=number,
            kind=kinds[kind != "order"][0],
            status=statuses[status == "paid"][0],
            placed_at=placed,
            total=Decimal(total),
            currency="EUR",
            customer=customer if number != "3" else None,
        )
        for number, kind, status, placed, total in ORDERS
    ]


def of(actor, slug, name, sums=(), condition=None):
    record_type = registry.get(slug)
    fields = record_type.all_fields()
    return groups_of(actor, record_type, condition, fields[name], [fields[each] for each in sums])


def test_orders_are_grouped_by_the_month_of_the_reader(cast, orders):
    found = of(cast.alice, "orders", "placed_at", ["total"])
    assert [(each.key, each.count, each.sums["total"]["EUR"]) for each in found.groups] == [
        ("2026-02", 2, 7),
        ("2026-01", 1, Decimal("100.50")),
    ]
    assert (found.total.count, found.total.sums) == (3, {"total": {"EUR": Decimal("107.50")}})


def test_amounts_in_two_currencies_are_not_added_up(cast, orders):
    type(orders[0]).objects.filter(id=orders[1].id).update(currency="USD")
    found = of(cast.alice, "orders", "kind", ["total"])
    assert found.groups[0].sums["total"] == {"EUR": Decimal("100.50"), "USD": 10}
    page = cast.client("alice").get("/orders/?group=kind").content.decode()
    assert "€ 100.50 + US$ 10.00".replace(" ", "\xa0").replace("\xa0+\xa0", " + ") in page


@pytest.mark.parametrize("name", ["kind", "status", "customer", "placed_at", "created_at"])
def test_the_rows_of_the_groups_together_are_the_list(cast, orders, name):
    record_type = registry.get("orders")
    by = record_type.all_fields()[name]
    found = of(cast.alice, "orders", name)
    ids = []
    for each in found.groups:
        rows = matching(cast.alice, record_type, grouping.narrowed(cast.alice, None, by, each.key))
        assert rows.count() == each.count
        ids += rows.values_list("id", flat=True)
    assert sorted(ids) == sorted(order.id for order in orders)


def test_own_fields_group_and_add_up_whatever_their_key_was_before(cast, make):
    for key, kind in (("size", "choice"), ("vip", "boolean"), ("due", "date"), ("score", "number")):
        choices = [{"value": "s", "label": "Small"}] if kind == "choice" else []
        CustomField.objects.create(record_type="customers", key=key, label=key, kind=kind, choices=choices)
    model = registry.get("customers").model
    values = [
        {"size": "s", "vip": True, "due": "2026-03-31", "score": 2},
        {"size": "xl", "vip": False, "due": "2026-03-01", "score": "many"},
        {"size": ["s"], "vip": "yes", "due": "soon", "score": 1.5},
        {},
    ]
    for number, custom in enumerate(values):
        model.objects.create(name=f"c{number}", custom=custom)
    seen = {
        name: [(each.key, each.count) for each in of(cast.alice, "customers", f"custom.{name}").groups]
        for name in ("size", "vip", "due")
    }
    assert seen["vip"] == [("true", 1), ("false", 1), ("", 2)]
    assert seen["due"] == [("2026-03", 2), ("", 2)]
    assert seen["size"] == [("s", 1), ("xl", 1), ("", 2)]
    total = of(cast.alice, "customers", "kind", ["custom.score"]).total
    assert total.sums == {"custom.score": {"": Decimal("3.5")}}


def test_own_links_group_by_the_names_that_may_be_seen(cast, make):
    for key, kind, target in (("guide", "user", ""), ("parent", "link", "customers")):
        CustomField.objects.create(record_type="customers", key=key, label=key, kind=kind, target=target)
    first = make(cast.alice, "customers", name="First")
    model = registry.get("customers").model
    for custom in ({"guide": str(cast.bob.member_id), "parent": str(first.pk)}, {"guide": "nobody", "parent": 3}, {}):
        model.objects.create(name="One", custom=custom)
    for name, label in (("guide", "Bob"), ("parent", "First")):
        found = of(cast.alice, "customers", f"custom.{name}")
        assert [(each.label, each.count) for each in found.groups] == [(label, 1), (f"No {name}", 3)]
        by = registry.get("customers").all_fields()[f"custom.{name}"]
        condition = grouping.narrowed(cast.alice, None, by, found.groups[0].key)
        assert matching(cast.alice, registry.get("customers"), condition).count() == 1


def test_groups_count_only_rows_that_may_be_read_and_name_no_hidden_record(cast, orders):
    assert of(cast.carol, "orders", "kind").total.count == 0
    page = cast.client("bob").get("/orders/?group=customer").content.decode()
    assert "Anna" in page


def test_links_to_records_that_may_not_be_seen_are_one_group(cast, orders):
    from klantbeeld.platform.access.actor import of_user
    from klantbeeld.platform.access.models import MemberRole, Role

    MemberRole.objects.filter(member_id=cast.bob.member_id).delete()
    role = Role.objects.create(name="Orders only", grants={"records": {"orders": {"read": "all"}}})
    MemberRole.objects.create(member_id=cast.bob.member_id, role=role)
    bob = of_user(cast.tenant, cast.bob.user_id)
    found = of(bob, "orders", "customer", ["total"])
    assert [(each.key, each.label, each.count) for each in found.groups] == [
        (None, "not visible to you", 2),
        ("", "No customer", 1),
    ]
    assert "Anna" not in cast.client("bob").get("/orders/?group=customer").content.decode()


def test_a_currency_that_may_not_be_read_leaves_the_sum_out(cast, orders):
    from klantbeeld.platform.access.actor import of_user
    from klantbeeld.platform.access.models import MemberRole, Role

    MemberRole.objects.filter(member_id=cast.bob.member_id).delete()
    grants = {"records": {"orders": {"read": "all", "fields": {"currency": "hidden"}}}}
    MemberRole.objects.create(member_id=cast.bob.member_id, role=Role.objects.create(name="No currency", grants=grants))
    assert of(of_user(cast.tenant, cast.bob.user_id), "orders", "kind", ["total"]).total.sums == {}


def test_more_groups_than_can_be_shown_are_cut_and_the_total_is_whole(cast, orders, monkeypatch):
    monkeypatch.setattr(grouping, "MOST", 1)
    found = of(cast.alice, "orders", "placed_at", ["total"])
    assert found.cut
    assert [each.key for each in found.groups] == ["2026-02"]
    assert (found.total.count, found.total.sums["total"]["EUR"]) == (3, Decimal("107.50"))


def test_too_many_rows_to_add_up_are_refused_in_words(cast, orders, monkeypatch):
    added_up = grouping._added_up
    slowly = {"where": ["pg_sleep(1) IS NOT NULL"]}
    monkeypatch.setattr(grouping, "_added_up", lambda rows, *rest: added_up(rows.extra(**slowly), *rest))
    monkeypatch.setattr(grouping, "SECONDS", 1)
    answer = cast.client("alice").get("/orders/?group=kind")
    assert answer.status_code == 400
    assert "too many records to add up" in answer.content.decode()


def test_the_rows_of_a_group_come_when_it_is_opened(cast, orders):
    client = cast.client("alice")
    kind = orders[0].kind
    page = client.get("/orders/?group=kind").content.decode()
    assert str(orders[0].id) not in page
    rows = client.get("/orders/group", {"group": "kind", "key": kind}).content.decode()
    assert str(orders[0].id) in rows
    assert str(orders[2].id) not in rows
    where = json.dumps({"all": [{"field": "status", "op": "is", "value": orders[1].status}]})
    rows = client.get("/orders/group", {"group": "kind", "key": kind, "where": where}).content.decode()
    assert str(orders[0].id) not in rows
    assert str(orders[1].id) in rows
    for key, name in (("2026-99", "placed_at"), ("x", "kind"), ("9999-12", "placed_at"), ("x", "customer")):
        assert client.get("/orders/group", {"group": name, "key": key}).status_code in {400, 404, 422}


def test_groups_cost_the_same_number_of_queries_whatever_their_number(cast, orders):
    client, counts = cast.client("alice"), []
    customers = registry.get("customers").model.objects
    for _again in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get("/orders/?group=customer")
        counts.append(len(queries))
        for order in orders:
            type(order).objects.filter(id=order.id).update(customer=customers.create(name="Someone"))
    assert counts[1] == counts[2]
