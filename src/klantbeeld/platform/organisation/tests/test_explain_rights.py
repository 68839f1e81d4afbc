import pytest
from django.urls import reverse

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.people.models import User
from klantbeeld.platform.records.registry import registry

ASK = reverse("organisation:rights")


def asked(cast, who, record=None, field="", action="read", by="alice", kind="customers"):
    given = {"who": str(who.member_id), "type": kind, "record": str(record or ""), "field": field, "action": action}
    return cast.client(by).get(ASK, given)


def say(cast, *args, **kwargs):
    return asked(cast, *args, **kwargs).content.decode().replace("&#x27;", "'")


@pytest.fixture
def customer(cast):
    return registry.get("customers").model.objects.create(name="Marieke", owner_id=cast.carol.member_id, revenue=7413)


def agents_may(**line):
    role = Role.objects.get(name="Agent")
    role.grants = {"records": {"*": role.grants["records"]["*"], "customers": line}}
    role.save()


def test_a_record_of_another_team_is_said_to_be_so(cast, customer):
    html = say(cast, cast.bob, customer.pk)
    assert "Bob can’t see Marieke." in html
    assert "belongs to Carol, who is in no team with Bob" in html
    assert "Carol can see Marieke." in say(cast, cast.carol, customer.pk)
    assert "All customers are open to the role Owner." in say(cast, cast.alice, customer.pk)


def test_a_hidden_field_is_said_to_be_hidden_by_its_role_in_both_languages(cast, customer):
    agents_may(read="all", fields={"revenue": "hidden"})
    html = say(cast, cast.bob, customer.pk, "revenue")
    assert "Bob can’t see Revenue of Marieke." in html
    assert "hidden from the role Agent" in html
    User.objects.filter(id=cast.alice.user_id).update(language="nl")
    assert "Bob mag Omzet van Marieke niet zien." in say(cast, cast.bob, customer.pk, "revenue")


def test_what_cannot_be_asked_says_why_and_keeps_what_was_chosen(cast, customer):
    for given in ({"field": "warp"}, {"action": "launch"}, {"record": "nonsense"}, {"record": cast.bob.member_id}):
        answer = asked(cast, cast.bob, **given)
        assert answer.status_code == 422
        assert f'value="{cast.bob.member_id}" selected' in answer.content.decode()


def test_who_manages_roles_learns_nothing_they_may_not_see(cast, give, customer):
    give(abilities=["roles.manage"])
    page = reverse("organisation:who_can", args=["customers", customer.pk])
    assert cast.client("bob").get(page).status_code == 404
    assert asked(cast, cast.carol, customer.pk, by="bob").status_code == 422
    agents_may(read="all", fields={"owner": "hidden", "revenue": "hidden"})
    assert cast.client("bob").get(page).status_code == 403
    assert asked(cast, cast.carol, customer.pk, by="bob").status_code == 403
    assert asked(cast, cast.carol, field="revenue", by="bob").status_code == 422
    html = say(cast, cast.carol, by="bob")
    assert "revenue" not in html.lower()


def test_a_record_says_what_everybody_may_do_in_a_fixed_number_of_queries(
    cast, customer, django_assert_max_num_queries
):
    client = cast.client("alice")
    detail = client.get(f"/customers/{customer.pk}/").content.decode()
    page = reverse("organisation:who_can", args=["customers", customer.pk])
    assert page in detail
    assert page not in cast.client("carol").get(f"/customers/{customer.pk}/").content.decode()
    with django_assert_max_num_queries(12):
        html = client.get(page).content.decode().split("<tbody")[1]
    assert html.index("Alice") < html.index("Bob") < html.index("Carol")
    assert "who is in no team with Bob" in html
    assert cast.client("bob").get(page).status_code == 403
