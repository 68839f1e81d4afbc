"""Following records: who is told of which change."""

import pytest
from django.db import transaction

from klantbeeld.platform.access.actor import system
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.collaboration.models import Follow
from klantbeeld.platform.customfields.public import OwnType
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered


def follow(cast, who, record, wanted="1"):
    answer = cast.client(who).post(f"/customers/{record.pk}/follow", {"follow": wanted})
    assert answer.status_code == 302


def test_a_follower_is_told_which_fields_changed(cast, piet, change, happen, bell):
    follow(cast, "bob", piet)
    change("alice", piet, city="Utrecht", name="Piet de Boer")
    happen()
    assert "Alice changed Piet de Boer: city" in bell("bob")
    follow(cast, "bob", piet, "0")
    change("alice", piet, city="Zeist")
    happen()
    assert Notification.objects.filter(member_id=cast.bob.member_id).count() == 1


def test_a_follower_hears_nothing_of_a_field_that_is_hidden_from_them(cast, piet, change, happen, bell):
    follow(cast, "bob", piet)
    grants = Role.objects.get(name="Agent").grants["records"]
    hidden = grants["*"] | {"fields": {"birth_date": "hidden"}}
    Role.objects.filter(name="Agent").update(grants={"records": grants | {"customers": hidden}})
    change("alice", piet, birth_date="1980-01-01")
    happen()
    assert not Notification.objects.exists()
    change("alice", piet, birth_date="1981-01-01", city="Utrecht")
    happen()
    assert "changed Piet de Boer: city" in bell("bob")
    assert "birth" not in bell("bob")


def test_a_field_that_was_hidden_meanwhile_is_not_told_either(cast, piet, change, happen, bell):
    follow(cast, "bob", piet)
    change("alice", piet, birth_date="1980-01-01")
    happen()
    assert "birth" in bell("bob")
    grants = Role.objects.get(name="Agent").grants["records"]
    hidden = grants["*"] | {"fields": {"birth_date": "hidden"}}
    Role.objects.filter(name="Agent").update(grants={"records": grants | {"customers": hidden}})
    assert "birth" not in bell("bob")


def test_ones_own_changes_are_no_news(cast, piet, change, happen):
    follow(cast, "bob", piet)
    change("bob", piet, city="Utrecht")
    happen()
    assert not Notification.objects.exists()


def test_several_changes_by_one_colleague_are_one_line(cast, piet, change, happen, bell):
    follow(cast, "bob", piet)
    change("alice", piet, city="Utrecht")
    change("alice", piet, postcode="3511 AA")
    happen()
    assert Notification.objects.count() == 1
    assert "changed Piet de Boer: city, postcode" in bell("bob")


def test_who_is_given_a_record_is_told_and_follows_it(cast, piet, change, happen, bell):
    change("alice", piet, owner=str(cast.carol.member_id))
    happen()
    assert "Alice gave you the customer Piet de Boer" in bell("carol")
    assert Follow.objects.filter(member_id=cast.carol.member_id, active=True).exists()
    change("alice", piet, owner=str(cast.carol.member_id), city="Zeist")
    happen()
    assert Notification.objects.filter(kind="assigned").count() == 1


def test_who_gets_a_new_record_made_for_them_is_told_and_who_makes_it_is_not(cast, make, happen, bell):
    make(cast.alice, "tasks", title="Bel Piet", owner=str(cast.bob.member_id))
    make(cast.alice, "tasks", title="Eigen taak")
    happen()
    assert "Alice gave you the task Bel Piet" in bell("bob")
    assert not Notification.objects.filter(member_id=cast.alice.member_id).exists()


def test_who_may_not_read_whose_it_is_is_not_told_that_it_is_theirs(cast, piet, change, happen, bell):
    grants = Role.objects.get(name="Agent").grants["records"]
    hidden = grants["*"] | {"fields": {"owner": "hidden"}}
    Role.objects.filter(name="Agent").update(grants={"records": grants | {"customers": hidden}})
    change("alice", piet, owner=str(cast.carol.member_id))
    happen()
    assert "gave you" not in bell("carol")


def test_a_change_that_was_rolled_back_tells_nobody(cast, piet, happen):
    follow(cast, "bob", piet)
    customers = registry.get("customers")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        customers.writer(customers, cast.alice).change(piet.pk, {"city": "Utrecht"})
        raise ZeroDivisionError
    happen()
    assert not Notification.objects.exists()


def test_who_stopped_to_follow_is_not_brought_back_by_writing(cast, piet, say, happen):
    follow(cast, "bob", piet, "0")
    say("bob", piet, "Nog iets")
    assert not Follow.objects.filter(active=True).exists()


def test_of_a_record_that_is_gone_nothing_is_told_any_more(cast, piet, change, happen, bell):
    follow(cast, "alice", piet)
    change("bob", piet, city="Utrecht")
    happen()
    cast.client("bob").post(f"/customers/{piet.pk}/delete")
    happen()
    assert not Notification.objects.exists()


def test_records_of_a_type_that_the_organisation_made_are_followed_and_talked_about_as_well(cast, make, happen, bell):
    OwnType.objects.create(slug="machines", label="machine", label_plural="machines", icon="tool")
    machine = make(cast.alice, "machines", name="Freesbank")
    client = cast.client("alice")
    assert "Comments" in client.get(f"/machines/{machine.pk}/").content.decode()
    client.post(f"/machines/{machine.pk}/comments", {"text": "Moet gesmeerd"})
    machines = registry.get("machines")
    with entered(Scope(cast.tenant.id, None, "web")):
        machines.writer(machines, system(cast.tenant)).change(machine.pk, {"name": "Freesbank 2"})
    happen()
    assert "The system changed Freesbank 2: name" in bell("alice")
