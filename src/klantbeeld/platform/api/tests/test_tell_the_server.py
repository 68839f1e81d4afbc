"""The server knows who asks, so that history names them, however they came in and whoever asked before."""

from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory

from klantbeeld.platform.access.signed_in import signed_in
from klantbeeld.platform.api.authentication import by_token
from klantbeeld.platform.api.tests.conftest import token_of
from klantbeeld.platform.tenancy.scope import Scope, entered

TOLD = ", ".join(f"current_setting('klantbeeld.{name}')" for name in ("tenant", "actor", "origin"))


@pytest.fixture
def request_of_alice(cast):
    """A request with the cookie and the token of Alice, on a connection that served Bob last."""
    cookie = cast.client("alice").cookies[settings.SESSION_COOKIE_NAME].value
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {token_of(cast.alice)}"})
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(cookie)
    request.tenant = cast.tenant
    with entered(Scope(cast.tenant.id, cast.bob.member_id, "test")), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return request


def known_to_the_server():
    return connection.connection.execute(f"SELECT {TOLD}").fetchone()


def test_by_a_session(cast, request_of_alice):
    assert signed_in(request_of_alice, cast.tenant).member_id == cast.alice.member_id
    assert connection.told == known_to_the_server() == (str(cast.tenant.id), str(cast.alice.member_id), "web")


def test_by_a_token(cast, request_of_alice):
    assert by_token(request_of_alice).actor.member_id == cast.alice.member_id
    assert connection.told == known_to_the_server() == (str(cast.tenant.id), str(cast.alice.member_id), "api:test")
