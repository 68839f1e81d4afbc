"""Making, using and ending tokens."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from klantbeeld.platform.access.grants import within
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api import token_text
from klantbeeld.platform.api.models import Token
from klantbeeld.platform.api.public import create_token, revoke_token, tokens_within_reach
from klantbeeld.platform.api.tests.conftest import token_of
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.people.models import Member

ME = "/api/v1/me"


def me(text):
    return Client(headers={"authorization": f"Bearer {text}"}).get(ME)


def test_the_text_of_a_token_is_stored_nowhere(cast):
    token, text = create_token(cast.alice, "Boekhouding", ["*"])
    assert text.startswith(token.prefix)
    assert len(token.prefix) < len(text) / 3
    assert text not in str(Token.objects.values())
    assert token.digest == token_text.digest(text)


def test_a_token_acts_as_its_owner(cast):
    said = me(token_of(cast.bob, name="Koppeling")).json()
    assert said["member"] == {"id": str(cast.bob.member_id), "name": "Bob"}
    assert said["token"]["name"] == "Koppeling"
    assert said["rights"]["customers"]["read"] == "team"


def test_scopes_never_add_to_what_the_owner_may(cast):
    assert me(token_of(cast.bob, ("customers:write",))).json()["rights"] == {
        "customers": {"read": "team", "create": "team", "change": "team", "delete": "own", "export": "none"}
    }


def test_rights_that_the_owner_loses_the_token_loses(cast):
    text = token_of(cast.bob)
    Role.objects.filter(name="Agent").update(grants={"records": {}})
    assert me(text).json()["rights"] == {}


def test_a_revoked_token_is_of_no_use(cast):
    token, text = create_token(cast.alice, "Oud", ["*"])
    assert me(text).status_code == 200
    revoke_token(cast.alice, token.id)
    assert me(text).status_code == 401


def test_an_expired_token_is_of_no_use(cast):
    soon = clock.now() + timedelta(hours=1)
    _token, text = create_token(cast.alice, "Kort", ["*"], soon)
    assert me(text).status_code == 200
    with clock.fixed_clock(soon):
        assert me(text).status_code == 401


@pytest.mark.parametrize("spoil", [lambda text: text[:-1], lambda text: "kb_" + "A" * 65, lambda text: "", str.upper])
def test_what_is_no_token_is_of_no_use(cast, spoil):
    refused = me(spoil(token_of(cast.alice)))
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")


def test_a_member_who_left_takes_their_tokens_along(cast):
    text = token_of(cast.bob)
    Member.objects.filter(pk=cast.bob.member_id).update(active=False)
    assert me(text).status_code == 401


def test_use_is_noted_at_most_once_a_minute(cast):
    token, text = create_token(cast.alice, "Vaak", ["*"])
    me(text)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    me(text)
    token.refresh_from_db()
    assert token.last_used_at == first
    with clock.fixed_clock(first + timedelta(seconds=61)):
        me(text)
    token.refresh_from_db()
    assert token.last_used_at > first


def test_nobody_ends_or_sees_the_token_of_another(cast):
    token, _text = create_token(cast.alice, "Van Alice", ["*"])
    assert token not in tokens_within_reach(cast.bob)
    with pytest.raises(NotFoundHere):
        revoke_token(cast.bob, token.id)
    mine, _text = create_token(cast.bob, "Van Bob", ["*"])
    assert revoke_token(cast.alice, mine.id).revoked_at is not None


@pytest.mark.parametrize("scopes", [[], ["customers"], ["customers:export"], ["nothing:read"], ["*:write", "*"]])
def test_scopes_that_do_not_exist_are_refused(cast, scopes):
    with pytest.raises(Invalid) as refused:
        create_token(cast.alice, "Fout", scopes)
    assert set(refused.value.errors) == {"scopes"}


def test_a_token_makes_no_tokens(cast):
    narrowed = replace(cast.alice, grants=within(cast.alice.grants, {"*": ["read"]}))
    with pytest.raises(NotAllowed):
        create_token(narrowed, "Meer", ["*"])
