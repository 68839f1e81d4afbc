"""Every change is recorded, by whatever path it comes, and stays recorded."""

import pytest
from django.db import DatabaseError, connection, transaction

from klantbeeld.customers.models import Customer
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.tenancy.scope import Scope, entered


def changes_of(customer):
    return list(Change.objects.filter(record_id=customer.pk).order_by("id"))


def test_a_change_by_plain_sql_is_recorded_with_who_and_from_where(cast):
    customer = Customer.objects.create(name="Marieke", city="Utrecht")
    with entered(Scope(cast.tenant.id, cast.bob.member_id, "import 7")), connection.cursor() as cursor:
        cursor.execute("UPDATE customers_customer SET city = 'Zwolle' WHERE id = %s", [customer.pk])
    made, changed = changes_of(customer)
    assert (made.action, made.before, made.after) == ("create", None, None)
    assert (changed.actor_id, changed.origin) == (cast.bob.member_id, "import 7")
    assert (changed.before, changed.after) == ({"city": "Utrecht"}, {"city": "Zwolle"})


def test_one_statement_over_many_rows_records_each(cast):
    customers = [Customer.objects.create(name=name) for name in ("A", "B", "C")]
    Customer.objects.update(city="Gouda")
    assert [changes_of(each)[-1].after for each in customers] == [{"city": "Gouda"}] * 3


def test_what_follows_from_other_columns_is_no_change(cast):
    customer = Customer.objects.create(name="A")
    Customer.objects.update(order_count=3)
    assert [each.action for each in changes_of(customer)] == ["create"]


def test_a_deletion_keeps_the_whole_row(cast):
    customer = Customer.objects.create(name="A", city="Delft")
    pk = customer.pk
    customer.delete()
    gone = Change.objects.get(record_id=pk, action="delete")
    assert gone.before["city"] == "Delft"


@pytest.mark.parametrize("statement", ["UPDATE audit_change SET origin = ''", "DELETE FROM audit_change"])
def test_history_cannot_be_rewritten(cast, statement):
    Customer.objects.create(name="A")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
