"""Mistakes in a declaration are told when the program starts."""

import pytest

from klantbeeld.commerce.models import OrderLine
from klantbeeld.customers.models import Customer
from klantbeeld.customers.records import CustomerType
from klantbeeld.platform.records.checks import problems_of
from klantbeeld.platform.records.registry import registry


def declared(**changes):
    """The record type of customers, declared a little differently."""
    return type("Changed", (CustomerType,), changes)()


def problem_of(**changes):
    (problem,) = problems_of(declared(**changes))
    return problem


def test_nothing_is_wrong_with_the_declarations_of_the_product():
    assert [problem for record_type in registry for problem in problems_of(record_type)] == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sortable": {**CustomerType.sortable, "stage": "stage"}}, "no index on (tenant, stage, id)"),
        ({"icon": "nothing"}, "isn't in the sprite"),
        ({"columns": ("name", "nothing")}, "names 'nothing' in columns"),
        ({"fields": (*CustomerType.fields, "name")}, "names a field twice"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(changes, told):
    assert told in problem_of(**changes)


def test_a_field_that_the_model_has_not_is_told():
    assert "nothing" in problem_of(fields=(*CustomerType.fields, "nothing"))


def test_the_link_that_rights_look_at_needs_an_index(monkeypatch):
    monkeypatch.setattr(
        Customer._meta, "indexes", [each for each in Customer._meta.indexes if "owner" not in each.fields]
    )
    assert "no index that begins with the link to it" in problem_of()


def test_the_link_of_related_records_needs_an_index(monkeypatch):
    products = registry.get("products")
    monkeypatch.setattr(OrderLine._meta.get_field("product"), "db_index", False)
    (problem,) = problems_of(products)
    assert "no index that begins with product" in problem
