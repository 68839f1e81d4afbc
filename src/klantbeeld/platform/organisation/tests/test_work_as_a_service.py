"""A service account works by its tokens within its roles; nobody signs in as it, or makes it do more than they may."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.organisation.actions.add_service_account import add_service_account, make_service_token
from klantbeeld.platform.organisation.actions.change_colleague import set_active
from klantbeeld.platform.organisation.actions.invite import is_invited
from klantbeeld.platform.people.models import Member

LIST, NEW = reverse("organisation:services"), reverse("organisation:new_service")


@pytest.fixture
def shop(cast):
    role = Role.objects.create(name="Shop", grants={"records": {"customers": {"read": "all", "create": "all"}}})
    return add_service_account(cast.alice, "Web shop", [role], [])


def api(text):
    return Client(headers={"authorization": f"Bearer {text}"})


def test_it_is_made_and_gets_a_token_on_its_page(cast):
    alice = cast.client("alice")
    page = alice.post(NEW, {"name": "Web shop", "roles": [str(Role.objects.get(name="Agent").id)]})
    member = Member.objects.get(name="Web shop")
    assert page.url == reverse("organisation:service", args=[member.id])
    made = alice.post(
        reverse("organisation:new_service_token", args=[member.id]),
        {"name": "Till", "life": "90", "reach": "chosen", "scopes": ["customers:read"]},
    )
    text = re.search(r'id="token" value="(kb_[^"]+)"', made.content.decode())[1]
    assert api(text).get("/api/v1/me").json()["member"]["name"] == "Web shop"
    assert "Till" in alice.get(page.url).content.decode()


def test_it_stands_apart_from_the_colleagues(cast, shop):
    alice = cast.client("alice")
    assert "Web shop" in alice.get(LIST).content.decode()
    assert "Web shop" not in alice.get(reverse("organisation:colleagues")).content.decode()
    assert alice.get(reverse("organisation:colleague", args=[shop.id])).status_code == 404
    assert cast.client("bob").get(LIST).status_code == 403


def test_what_it_writes_is_its_own_work(cast, shop):
    _token, text = make_service_token(cast.alice, shop.id, "Till", ["customers:write"], None)
    made = api(text).post("/api/v1/customers", {"name": "Jansen BV", "kind": "organisation"}, "application/json")
    assert made.status_code == 201, made.content
    change = Change.objects.filter(record_id=made.json()["id"]).order_by("-id").first()
    assert change.actor_id == shop.id


def test_nobody_can_sign_in_as_it(cast, shop):
    assert not shop.user.has_usable_password()
    assert not is_invited(shop)
    url = reverse("organisation:renew_link", args=[shop.id])
    assert cast.client("alice").post(url).status_code == 404
    Client().post(reverse("account_reset_password"), {"email": shop.user.email})
    assert mail.outbox == []


def test_shut_out_its_tokens_stop(cast, shop):
    _token, text = make_service_token(cast.alice, shop.id, "Till", ["customers:read"], None)
    set_active(cast.alice, shop.id, False)
    assert api(text).get("/api/v1/me").status_code == 401


def test_nobody_gives_it_more_than_they_have_or_takes_its_rights(cast, give):
    manager = give(records={}, abilities=["people.manage"])
    owner = add_service_account(cast.alice, "Everything", [Role.objects.get(name="Owner")], [])
    with pytest.raises(NotAllowed):
        add_service_account(manager, "Mine", [Role.objects.get(name="Owner")], [])
    with pytest.raises(NotAllowed):
        make_service_token(manager, owner.id, "Mine", ["*"], None)


def test_a_program_is_no_owner_that_may_be_left_alone(cast):
    add_service_account(cast.alice, "Everything", [Role.objects.get(name="Owner")], [])
    service = actors.of_member(cast.tenant, Member.objects.get(name="Everything").id)
    with pytest.raises(Invalid):
        set_active(service, cast.alice.member_id, False)
