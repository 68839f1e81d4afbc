"""A change writes what differs, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klantbeeld.customers.models import Customer
from klantbeeld.platform.records.registry import registry


@pytest.fixture
def change(cast, make):
    customer = make(cast.alice, "customers", name="Sanne de Wit", city="Zwolle")

    def changed(**values):
        customers = registry.get("customers")
        with CaptureQueriesContext(connection) as seen:
            customers.writer(customers, cast.alice).change(customer.pk, values)
        (update,) = [each["sql"] for each in seen if each["sql"].startswith('UPDATE "customers_customer"')]
        return update, Customer.objects.get(pk=customer.pk)

    changed.customer = customer
    return changed


def test_one_field(change):
    update, customer = change(city="Deventer")
    assert customer.city == "Deventer"
    assert '"city" = ' in update
    assert '"name" = ' not in update


def test_what_follows_from_it_is_written_too(change):
    _update, customer = change(name="Hanna van den Berg")
    assert (customer.name, customer.family_prefix, customer.family_name) == ("Hanna van den Berg", "van den", "Berg")


def test_the_moment_is_noted_even_when_nothing_differs(change):
    update, customer = change(city="Zwolle")
    assert customer.updated_at > change.customer.updated_at
    assert '"city" = ' not in update


def test_own_fields_that_were_changed_in_place_are_written(change, monkeypatch):
    writer = registry.get("customers").writer
    for value in (1, True):
        monkeypatch.setattr(writer, "before_save", lambda _self, one, *_more, v=value: one.custom.update(x=v))
        _update, customer = change(city="Zwolle")
        assert customer.custom["x"] is value
