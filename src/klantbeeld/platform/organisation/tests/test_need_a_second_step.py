"""A role can need a second step: who has none is led to it before anything else, on every way in."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from klantbeeld.platform.access.models import Role

MFA = reverse("mfa_index")


@pytest.fixture
def needed(cast):
    Role.objects.filter(name="Agent").update(second_step=True)


def test_every_page_leads_to_where_it_is_set_up(cast, needed):
    bob = cast.client("bob")
    for url in ("/", "/customers/", "/settings/me", "/settings/tokens/new"):
        assert bob.get(url).url == MFA
    assert bob.post("/settings/tokens/new", {"name": "x"}).url == MFA
    assert bob.get("/customers/", headers={"hx-request": "true"}).headers["HX-Redirect"] == MFA
    page = bob.get(MFA)
    assert "First set up a second step" in page.content.decode()
    assert cast.client("alice").get("/customers/").status_code == 200


def test_the_api_does_not_open_by_that_session(cast, needed):
    assert cast.client("bob").get("/api/v1/customers").status_code == 401


def test_with_a_second_step_everything_opens(cast, needed):
    Authenticator.objects.create(user_id=cast.bob.user_id, type="totp", data={"secret": "x"})
    assert cast.client("bob").get("/customers/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(cast, needed):
    Authenticator.objects.create(user_id=cast.bob.user_id, type="recovery_codes", data={})
    assert cast.client("bob").get("/customers/").url == MFA


def test_signing_out_stays_possible(cast, needed):
    assert cast.client("bob").post(reverse("account_logout")).status_code == 302


def test_the_page_of_a_role_turns_it_on_and_off(cast):
    alice, role = cast.client("alice"), Role.objects.get(name="Agent")
    url = reverse("organisation:role", args=[role.id])
    alice.post(url, {"name": "Agent", "second_step": "on"})
    role.refresh_from_db()
    assert role.second_step
    assert 'name="second_step" checked' in alice.get(url).content.decode()
    alice.post(url, {"name": "Agent"})
    role.refresh_from_db()
    assert not role.second_step
