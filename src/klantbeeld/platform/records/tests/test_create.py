"""Creating a record through the write path."""

import pytest

from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.events.models import Outbox
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.records.registry import registry


def test_a_new_customer_is_written_recorded_and_told(cast):
    customers = registry.get("customers")
    made = customers.writer(customers, cast.alice).create({"name": "Marieke van der Velden", "email": "m@Example.org"})
    assert (made.given_name, made.family_prefix, made.family_name) == ("Marieke", "van der", "Velden")
    assert made.owner_id == cast.alice.member_id
    change = Change.objects.get(record_id=made.id)
    assert (change.action, change.actor_id, change.origin) == ("create", cast.alice.member_id, "web")
    assert Outbox.objects.get(name="customers.created").payload["id"] == str(made.id)


def test_what_is_wrong_is_said_per_field_and_nothing_is_written(cast):
    customers = registry.get("customers")
    with pytest.raises(Invalid) as refused:
        customers.writer(customers, cast.alice).create({"name": "X", "birth_date": "31-31-2020", "stage": "friend"})
    assert set(refused.value.errors) == {"birth_date", "stage"}
    assert not customers.model.objects.exists()


def test_nobody_makes_a_record_that_they_could_not_have_touched(cast):
    customers = registry.get("customers")
    with pytest.raises(NotAllowed):
        customers.writer(customers, cast.bob).create({"name": "X", "owner": str(cast.carol.member_id)})
    assert not customers.model.objects.exists()
