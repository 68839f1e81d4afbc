"""Sessions are seen and ended: one's own by oneself, a colleague's by who manages people, and only those here."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from klantbeeld.platform.people import brakes
from klantbeeld.platform.people.models import Member, Session, SignIn, User
from klantbeeld.platform.tenancy.scope import Scope, entered

LOGIN, OWN, END = (
    reverse("account_login"),
    reverse("organisation:own_sessions"),
    reverse("organisation:end_own_sessions"),
)
PASSWORD = "een-lange-fietstocht"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def bob(cast):
    user = User.objects.get(email="bob@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def came_in(user, agent=FIREFOX, host="testserver"):
    client = Client(headers={"accept-language": "en", "user-agent": agent, "host": host})
    assert client.post(LOGIN, {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client):
    return client.get("/customers/").status_code == 200


def test_one_sees_where_one_is_signed_in_and_never_the_key(bob):
    here, phone = came_in(bob), came_in(bob, PHONE)
    page = here.get(OWN).content.decode()
    assert "Firefox · Linux" in page
    assert "Chrome · Android" in page
    assert "127.0.0.1" in page
    assert page.count("this browser") == 1
    for client in (here, phone):
        assert client.cookies["klantbeeld_session"].value not in page


def test_one_session_ends_at_once_and_the_others_go_on(bob):
    here, phone, work = came_in(bob), came_in(bob, PHONE), came_in(bob)
    page = here.get(OWN).content.decode()
    line = next(part for part in page.split("<li>") if "Chrome · Android" in part)
    here.post(END, {"session": re.search(r'value="(\w{32})"', line)[1]})
    assert (is_in(here), is_in(phone), is_in(work)) == (True, False, True)
    here.post(END)
    assert (is_in(here), is_in(work)) == (True, False)


def test_another_ones_session_is_not_ended_by_its_name(cast, bob):
    client = came_in(bob)
    came_in(bob, PHONE)
    names = re.findall(r'name="session" value="(\w{32})"', client.get(OWN).content.decode())
    assert names
    cast.client("carol").post(END, {"session": names[0]})
    assert Session.objects.filter(user=bob).count() == 2


def test_who_manages_people_ends_a_colleagues_sessions(cast, bob):
    client = came_in(bob)
    url = reverse("organisation:end_colleague_sessions", args=[cast.bob.member_id])
    assert cast.client("carol").post(url).status_code == 403
    assert is_in(client)
    assert cast.client("alice").post(url).status_code == 302
    assert not is_in(client)


def test_a_session_at_another_organisation_is_neither_seen_nor_ended_nor_opens_this_one(cast, bob):
    with entered(Scope(cast.other_tenant.id)):
        Member.objects.create(user=bob, name="Bob")
    there = came_in(bob, PHONE, host="zuiderzee.example")
    alice = cast.client("alice")
    page = alice.get(reverse("organisation:colleague_sessions", args=[cast.bob.member_id])).content.decode()
    assert "Chrome · Android" not in page
    alice.post(reverse("organisation:end_colleague_sessions", args=[cast.bob.member_id]))
    assert there.get("/settings/me").status_code == 200
    carried = Client(headers={"host": "testserver"})
    carried.cookies["klantbeeld_session"] = there.cookies["klantbeeld_session"].value
    assert carried.get("/customers/").status_code == 302
    assert carried.get(reverse("account_change_password")).status_code == 302


def test_a_session_is_seen_again_after_a_while(bob):
    client = came_in(bob)
    Session.objects.filter(user=bob).update(last_seen_at=timezone.now() - timedelta(hours=1))
    assert is_in(client)
    assert Session.objects.get(user=bob).last_seen_at > timezone.now() - timedelta(minutes=1)


def test_who_manages_people_lets_a_colleague_try_again(cast, bob):
    stranger = Client(headers={"accept-language": "en"})
    for _ in range(5):
        stranger.post(LOGIN, {"login": bob.email, "password": "wrong"})
    alice = cast.client("alice")
    url = reverse("organisation:colleague_sessions", args=[cast.bob.member_id])
    assert "Held up" in alice.get(url).content.decode()
    alice.post(reverse("organisation:unlock_colleague", args=[cast.bob.member_id]))
    assert "Held up" not in alice.get(url).content.decode()
    assert brakes.held_until(brakes.of_account(bob.email)) is None
    assert is_in(came_in(bob))


def test_everybodys_attempts_are_for_who_manages_people(cast, bob):
    came_in(bob)
    url = reverse("organisation:sign_ins")
    assert cast.client("carol").get(url).status_code == 403
    page = cast.client("alice").get(url).content.decode()
    assert "Bob" in page
    assert "password" in page
    assert SignIn.objects.get().how == "password"
