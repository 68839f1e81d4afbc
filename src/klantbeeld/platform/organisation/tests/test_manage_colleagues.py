import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.add_colleague import NewColleague, add_colleague
from klantbeeld.platform.organisation.actions.change_colleague import change_colleague, set_active
from klantbeeld.platform.people.models import Member, Team, User

NEW = reverse("organisation:new_colleague")


def role(name):
    return Role.objects.get(name=name)


def add(client, **given):
    return client.post(NEW, {"email": "joost@example.org", "name": "Joost Bakker", **given})


def test_a_new_colleague_chooses_a_password_with_a_link_that_works_once(cast):
    page = add(cast.client("alice"), roles=[str(role("Agent").id)])
    url = re.search(r'value="(http://testserver/join/[^"]+)"', page.content.decode())[1]
    assert mail.outbox[0].to == ["joost@example.org"]
    assert url in mail.outbox[0].body
    joost = Client(headers={"accept-language": "en"})
    form = joost.get(url, follow=True)
    chosen = {"password1": "een-lange-fietstocht", "password2": "een-lange-fietstocht"}
    joost.post(form.redirect_chain[-1][0], chosen)
    assert User.objects.get(email="joost@example.org").check_password("een-lange-fietstocht")
    again = Client(headers={"accept-language": "en"}).get(url, follow=True)
    assert "doesn’t work any more" in again.content.decode()


def test_a_mail_server_that_is_down_leaves_the_link_to_hand_over(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = add(cast.client("alice")).content.decode()
    assert "The mail could not be sent" in page
    assert "http://testserver/join/" in page


def test_a_colleague_is_not_added_twice(cast):
    assert "a colleague already" in add(cast.client("alice"), email="bob@example.org").content.decode()


def test_who_is_shut_out_can_not_come_in(cast):
    bob = cast.client("bob")
    assert bob.get("/settings/").status_code == 200
    address = reverse("organisation:switch_colleague", args=[cast.bob.member_id])
    cast.client("alice").post(address, {"active": "0"})
    assert bob.get("/settings/").status_code == 403
    cast.client("alice").post(address, {"active": "1"})
    assert bob.get("/settings/").status_code == 200


def test_the_last_owner_stays_an_owner(cast):
    with pytest.raises(Invalid, match="Somebody must be left"):
        change_colleague(cast.alice, cast.alice.member_id, "Alice", [role("Agent")], [])
    assert actors.of_member(cast.tenant, cast.alice.member_id).grants.everything


def test_an_owner_may_leave_when_there_is_another(cast):
    change_colleague(cast.alice, cast.bob.member_id, "Bob", [role("Owner")], [])
    change_colleague(cast.alice, cast.alice.member_id, "Alice", [role("Agent")], [])
    assert not actors.of_member(cast.tenant, cast.alice.member_id).grants.everything


def test_who_is_shut_out_does_not_count_as_an_owner(cast):
    change_colleague(cast.alice, cast.bob.member_id, "Bob", [role("Owner")], [])
    set_active(cast.alice, cast.bob.member_id, False)
    with pytest.raises(Invalid, match="Somebody must be left"):
        change_colleague(cast.alice, cast.alice.member_id, "Alice", [role("Agent")], [])


def test_nobody_makes_somebody_else_more_than_they_are(cast, give):
    bob = give(abilities=["people.manage"])
    with pytest.raises(NotAllowed, match="everything"):
        change_colleague(bob, cast.carol.member_id, "Carol", [role("Owner")], [])
    with pytest.raises(NotAllowed, match="everything"):
        add_colleague(bob, NewColleague("mallory@example.org", "Mallory", [role("Owner")], []))
    assert not User.objects.filter(email="mallory@example.org").exists()


def test_nobody_changes_an_owner_without_being_one(cast, give):
    with pytest.raises(NotAllowed):
        set_active(give(abilities=["people.manage"]), cast.alice.member_id, False)


def test_nobody_but_an_owner_changes_their_own_roles_and_teams(cast, give):
    bob = give(abilities=["people.manage"])
    roles = list(Role.objects.filter(member_roles__member=bob.member_id))
    with pytest.raises(NotAllowed, match="your own"):
        change_colleague(bob, bob.member_id, "Bob", roles, list(Team.objects.all()))
    change_colleague(bob, bob.member_id, "Bob Visser", roles, list(Team.objects.filter(members=bob.member_id)))


def test_another_organisations_role_and_colleague_are_not_there(cast):
    with pytest.raises(NotFoundHere):
        set_active(cast.alice, cast.dave.member_id, False)
    address = reverse("organisation:colleague", args=[cast.dave.member_id])
    assert cast.client("alice").get(address).status_code == 404
    assert add(cast.client("alice"), roles=["0192f0c1-2345-7abc-8def-0123456789ab"]).status_code == 422


def test_every_change_of_a_colleague_is_recorded(cast):
    change_colleague(cast.alice, cast.bob.member_id, "Bob Visser", [role("Owner")], [])
    told = Change.objects.filter(table__in=["people_member", "access_memberrole", "people_teammember"])
    assert {(each.table, each.action) for each in told if each.actor_id == cast.alice.member_id} >= {
        ("people_member", "change"),
        ("access_memberrole", "create"),
        ("access_memberrole", "delete"),
        ("people_teammember", "delete"),
    }
    assert told.get(table="people_member", action="change").before == {"name": "Bob"}


def test_the_list_asks_as_often_for_many_as_for_one(cast, django_assert_max_num_queries):
    for number in range(30):
        user = User.objects.create(email=f"{number}@example.org", name="N")
        MemberRole.objects.create(member=Member.objects.create(user=user, name="N"), role=role("Agent"))
    client = cast.client("alice")
    client.get(reverse("organisation:colleagues"))
    with django_assert_max_num_queries(8):
        client.get(reverse("organisation:colleagues"))
