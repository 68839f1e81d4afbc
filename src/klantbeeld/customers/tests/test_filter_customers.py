"""Filters of the list that must stay fast at a million customers."""

from django.conf import settings
from django.db import connection

from klantbeeld.customers.models import Customer
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.registry import registry


def named(actor, part, operator="contains"):
    condition = conditions.parse({"all": [{"field": "name", "op": operator, "value": part}]})
    return reading.matching(actor, registry.get("customers"), condition)


def test_a_part_of_a_name_is_looked_up_in_an_index_under_row_level_security(cast):
    Customer.objects.bulk_create(Customer(name=f"Klant {number}", sort_name="klant") for number in range(3000))
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE NONE; ANALYZE customers_customer; SET LOCAL ROLE {settings.APP_ROLE}")
        cursor.execute("SELECT klantbeeld_search_sort_in(); SET LOCAL enable_seqscan = off")
    assert "customer_name_parts" in named(cast.alice, "ijkste").explain()


def test_a_part_of_a_name_is_taken_literally_and_without_regard_to_case(cast):
    Customer.objects.bulk_create(
        Customer(name=name, sort_name=name.lower()) for name in ("Élan 100% vers", "Elan 1000", r"A_B\C", "AxBC", "")
    )

    def found(*asked):
        return set(named(cast.alice, *asked).values_list("name", flat=True))

    assert found("éLAN 100% V") == {"Élan 100% vers"}
    assert found("a_b\\") == {r"A_B\C"}
    assert found("100%", "ends_with") == set()
    assert found("elan", "starts_with") == {"Elan 1000"}
    assert found("a", "not_contains") == {""}
