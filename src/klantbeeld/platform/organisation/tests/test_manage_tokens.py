import re

import pytest
from django.test import Client
from django.urls import reverse

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.public import Token, create_token
from klantbeeld.platform.tenancy.scope import Scope, entered

LIST, NEW = reverse("organisation:tokens"), reverse("organisation:new_token")
WANTED = {"name": "Web shop", "life": "90", "reach": "chosen", "scopes": ["customers:read", "orders:write"]}


def api(text):
    return Client(headers={"authorization": f"Bearer {text}"}).get("/api/v1/me")


def made_text(page):
    return re.search(r'id="token" value="(kb_[^"]+)"', page.content.decode()).group(1)


def test_the_text_is_shown_once_and_works(cast):
    client = cast.client("alice")
    page = client.post(NEW, WANTED)
    text = made_text(page)
    assert page["Cache-Control"] == "no-store"
    assert text not in client.get(LIST).content.decode()
    assert set(api(text).json()["rights"]) == {"customers", "orders"}


@pytest.mark.parametrize(("life", "days"), [("30", 30), ("365", 365), ("never", None)])
def test_it_ends_when_it_was_said_to(cast, life, days):
    cast.client("alice").post(NEW, {**WANTED, "life": life})
    token = Token.objects.get()
    assert (token.expires_at and round((token.expires_at - token.created_at).total_seconds() / 86_400)) == days


def test_writing_includes_reading_and_everything_is_one_scope(cast):
    client = cast.client("alice")
    client.post(NEW, {**WANTED, "scopes": ["orders:read", "orders:write"]})
    assert Token.objects.get().scopes == ["orders:write"]
    client.post(NEW, {**WANTED, "name": "All", "reach": "*"})
    assert Token.objects.get(name="All").scopes == ["*"]


def test_bob_sees_only_his_own_and_alice_sees_all(cast):
    create_token(cast.alice, "Van Alice", ["*"])
    create_token(cast.bob, "Van Bob", ["*"])
    seen = cast.client("bob").get(LIST).content.decode()
    assert "Van Bob" in seen
    assert "Van Alice" not in seen
    everything = cast.client("alice").get(LIST).content.decode()
    assert "Van Bob" in everything
    assert "Van Alice" in everything


def test_a_revoked_token_is_refused_by_the_api(cast):
    client = cast.client("bob")
    text = made_text(client.post(NEW, {**WANTED, "scopes": ["customers:read"]}))
    assert api(text).status_code == 200
    assert client.post(reverse("organisation:revoke_token", args=[Token.objects.get().id])).status_code == 302
    assert api(text).status_code == 401
    page = client.get(LIST).content.decode()
    assert "revoked" in page
    assert "popovertarget" not in page.split("<tbody")[1].split("</tbody>")[0]


def test_the_token_of_somebody_else_is_not_there(cast):
    token, _text = create_token(cast.alice, "Van Alice", ["*"])
    with entered(Scope(cast.other_tenant.id)):
        theirs, _text = create_token(cast.dave, "Van Dave", ["*"])
    assert cast.client("bob").post(reverse("organisation:revoke_token", args=[token.id])).status_code == 404
    assert cast.client("alice").post(reverse("organisation:revoke_token", args=[theirs.id])).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_scopes_beyond_ones_own_rights_are_not_offered_and_refused(cast):
    Role.objects.filter(name="Agent").update(grants={"records": {"customers": {"read": "team"}}})
    client = cast.client("bob")
    offered = re.findall(r'name="scopes" value="([^"]+)"', client.get(NEW).content.decode())
    assert offered == ["customers:read"]
    for scope in ("customers:write", "orders:read", "*", "*:read"):
        assert client.post(NEW, {**WANTED, "scopes": [scope]}).status_code == 422
    assert not Token.objects.exists()


def test_a_token_that_may_do_nothing_is_refused_and_what_was_typed_is_kept(cast):
    page = cast.client("alice").post(NEW, {**WANTED, "scopes": []})
    assert page.status_code == 422
    assert "Tick at least one" in page.content.decode()
    assert 'value="Web shop"' in page.content.decode()


def test_a_name_of_blanks_is_refused(cast):
    assert cast.client("alice").post(NEW, {**WANTED, "name": "   "}).status_code == 422
