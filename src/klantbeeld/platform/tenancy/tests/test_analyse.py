"""The product's role brings the planner's knowledge of a tenants' table up to date, and of no other."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection

from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.statistics import analyse, has_outgrown

CUSTOMERS = registry.get("customers").model


def known_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'customers_customer'::regclass")
        return cursor.fetchone()[0]


def test_the_planner_knows_of_rows_that_were_just_written(cast):
    CUSTOMERS.objects.bulk_create(CUSTOMERS(name=f"Klant {number}") for number in range(50))
    analyse(CUSTOMERS)
    assert known_rows() == CUSTOMERS.objects.count()


def test_a_few_rows_more_are_nothing_to_tell(cast):
    CUSTOMERS.objects.bulk_create(CUSTOMERS(name=f"Klant {number}") for number in range(50))
    assert has_outgrown(CUSTOMERS, 50)
    analyse(CUSTOMERS)
    assert has_outgrown(CUSTOMERS, 6)
    assert not has_outgrown(CUSTOMERS, 3)


@pytest.mark.parametrize("model", [Tenant, apps.get_model("contenttypes.ContentType")])
def test_other_tables_are_refused(cast, model):
    with pytest.raises(ProgrammingError, match="no table of tenants"):
        analyse(model)
