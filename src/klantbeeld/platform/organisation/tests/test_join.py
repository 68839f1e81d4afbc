"""An account that was there before joins only when its owner agrees, and nobody learns that it was there."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.organisation.actions.change_colleague import set_active
from klantbeeld.platform.organisation.actions.make_password_link import make_password_link
from klantbeeld.platform.people.models import Member, User

NEW = reverse("organisation:new_colleague")


def add(cast, email):
    return cast.client("alice").post(NEW, {"email": email, "name": "Eva de Boer"})


def link_in(page):
    return re.search(r'value="http://testserver(/join/[^"]+)"', page.content.decode())[1]


def member(email="eve@example.org"):
    return Member.objects.get(user__email=email)


def signed_in(email="eve@example.org"):
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(email=email))
    return client


@pytest.fixture
def link(cast):
    """Eve, who has an account and belongs nowhere here, is invited."""
    return link_in(add(cast, "eve@example.org"))


def test_who_was_invited_comes_in_after_agreeing_and_not_before(cast, link):
    eve = signed_in()
    assert eve.get("/customers/").status_code == 403
    assert "Join Noorderlicht Fietsen?" in eve.get(link).content.decode()
    assert not member().active
    assert eve.post(link).url == "/"
    assert member().active
    assert eve.get("/settings/me").status_code == 200
    assert eve.get(link).status_code == 404


def test_the_link_alone_is_no_proof(cast, link):
    stranger = Client()
    assert stranger.post(link).url.startswith("/account/login/")
    assert cast.client("bob").post(link).status_code == 403
    with pytest.raises(NotAllowed):
        make_password_link(member())
    assert not member().active


def test_nobody_else_can_let_them_in(cast, link):
    set_active(cast.alice, member().id, True)
    assert not member().active
    set_active(cast.alice, member().id, False)
    assert signed_in().post(link).status_code == 404
    set_active(cast.alice, member().id, True)
    assert signed_in().post(link).status_code == 302


def test_an_account_that_another_organisation_made_is_not_taken_over(cast):
    eve = User.objects.get(email="eve@example.org")
    eve.set_unusable_password()
    eve.save()
    link = link_in(add(cast, "eve@example.org"))
    assert Client().get(link).url.startswith("/account/login/")


def test_what_is_shown_does_not_tell_whether_an_account_was_there(cast):
    def told(email):
        page = add(cast, email).content.decode()
        one = member(email).id
        alice = cast.client("alice")
        listed = alice.get(reverse("organisation:colleagues")).content.decode()
        row = next(part for part in listed.split("<tr>") if email in part).partition("</tr>")[0]
        order = [each in listed[: listed.index(email)] for each in ("alice@", "bob@", "carol@")]
        detail = alice.get(reverse("organisation:colleague", args=[one])).content.decode()
        shown = [page, row, detail]
        for way in (
            r"/join/[^\"]+",
            str(one),
            r"\b[A-Za-z0-9]{64}\b",
            r'data-tone="a\d"',
            email,
        ):  # tokens, colours by id
            shown = [re.sub(way, "", text) for text in shown]
        return [*shown, order]

    for known, new in zip(told("dave@example.org"), told("joost@example.org"), strict=True):
        assert known == new


def test_a_link_of_another_organisation_or_a_forged_one_is_of_no_use(cast, link):
    assert signed_in().get("/join/forged/").status_code == 404
    assert Client(headers={"host": "zuiderzee.example"}).get(link).status_code == 404


def test_a_new_link_replaces_the_one_before(cast, link):
    page = cast.client("alice").post(reverse("organisation:renew_link", args=[member().id]))
    eve = signed_in()
    assert eve.get(link).status_code == 404
    assert eve.post(link_in(page)).status_code == 302


def test_the_invitation_says_until_when_and_in_the_language_of_the_invited(cast):
    cast.client("alice").post(NEW, {"email": "joost@example.org", "name": "Joost", "language": "nl"})
    assert "nodigt je uit" in mail.outbox[0].body
    page = cast.client("alice").get(reverse("organisation:colleague", args=[member("joost@example.org").id]))
    assert "The link works until" in page.content.decode()
    Member.objects.filter(user__email="joost@example.org").update(invited_at=timezone.now() - timedelta(days=4))
    page = cast.client("alice").get(reverse("organisation:colleague", args=[member("joost@example.org").id]))
    assert "The link ended on" in page.content.decode()


def test_choosing_the_first_password_is_a_welcome_and_no_reset(cast):
    cast.client("alice").post(NEW, {"email": "joost@example.org", "name": "Joost"})
    joost = Client(headers={"accept-language": "en"})
    page = joost.get(link_in_mail(), follow=True).content.decode()
    assert "Welcome to Noorderlicht Fietsen" in page
    assert "new password" not in page


def link_in_mail():
    return re.search(r"http://testserver(/join/\S+)", mail.outbox[0].body)[1]
