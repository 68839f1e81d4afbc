"""Deleting many records, and bringing them back."""

import pytest

from klantbeeld.platform.records.registry import registry

CUSTOMERS = registry.get("customers").model


@pytest.fixture
def three(cast, make):
    """Three customers; the last has ordered something."""
    made = [
        make(cast.alice, "customers", name=name, email=f"{name}@example.nl").pk for name in ("els", "jan", "fatima")
    ]
    make(cast.alice, "orders", number="O1", customer=made[2])
    make(cast.alice, "tasks", title="Bellen", customer=made[0])
    return made


def rows(slug):
    return [
        {name: value for name, value in row.items() if name != "updated_at"}
        for row in registry.get(slug).model.objects.order_by("pk").values()
    ]


def test_what_others_hold_on_to_stays_with_the_reason(cast, three, bulk):
    done = bulk(cast.alice, "customers", three)
    assert (done.report["changed"], done.report["refused"]) == (2, 1)
    assert done.report["named"] == [[str(three[2]), "This can't be deleted while there are orders that belong to it."]]
    assert [one.pk for one in CUSTOMERS.objects.all()] == [three[2]]


def test_undo_brings_them_back_with_all_that_went_along(cast, three, bulk, undo):
    slugs = ("customers", "identifiers", "tasks", "interactions")
    before = {slug: rows(slug) for slug in slugs}
    done = bulk(cast.alice, "customers", three)
    assert not registry.get("tasks").model.objects.exists()
    assert undo(cast.alice, done)["restored"] == 2
    assert {slug: rows(slug) for slug in slugs} == before


def test_a_record_whose_number_was_given_away_stays_gone_and_the_others_come_back(cast, make, bulk, undo):
    ids = [make(cast.alice, "customers", name=name, external_id=name).pk for name in ("K1", "K2")]
    done = bulk(cast.alice, "customers", ids)
    make(cast.alice, "customers", name="Another", external_id="K1")
    undone = undo(cast.alice, done)
    assert (undone["restored"], undone["kept"], undone["named"]) == (1, 1, [str(ids[0])])
    assert set(CUSTOMERS.objects.values_list("name", flat=True)) == {"Another", "K2"}


def test_orders_that_go_and_come_back_count_for_their_customer(cast, three, bulk, undo):
    orders = registry.get("orders").model
    product = make_line(cast, orders.objects.get().pk)
    assert CUSTOMERS.objects.get(pk=three[2]).revenue == product
    done = bulk(cast.alice, "orders", [orders.objects.get().pk])
    assert (CUSTOMERS.objects.get(pk=three[2]).revenue, CUSTOMERS.objects.get(pk=three[2]).order_count) == (0, 0)
    undo(cast.alice, done)
    assert (CUSTOMERS.objects.get(pk=three[2]).revenue, CUSTOMERS.objects.get(pk=three[2]).order_count) == (product, 1)


def make_line(cast, order_id):
    lines = registry.get("order-lines")
    lines.writer(lines, cast.alice).create(
        {"order": order_id, "description": "Fiets", "quantity": 1, "unit_price": 100}
    )
    return 100
