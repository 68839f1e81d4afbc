"""A cookie opens the door only for the session, the account and the membership that are good at this moment."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.models import Session as DjangoSession
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from klantbeeld.platform.people.models import Member, Session, User

LIST = "/customers/"


@pytest.fixture
def bob(cast):
    client = cast.client("bob")
    assert client.get(LIST).status_code == 200
    return client


def user_of(actor):
    return User.objects.get(pk=actor.user_id)


def is_in(client):
    return client.get(LIST).status_code == 200


def test_a_session_knows_its_account_until_it_ends(cast, bob):
    assert Session.objects.get(user=user_of(cast.bob)).session_key == bob.cookies["klantbeeld_session"].value
    assert bob.post(reverse("account_logout")).status_code == 302
    assert not Session.objects.filter(user=user_of(cast.bob)).exists()


def test_who_asks_is_read_once(cast, bob):
    with connection.execute_wrapper(refuse_tables("people_session", "people_user")):
        assert is_in(bob)


def refuse_tables(*tables):
    """Statements of Django's own on these tables would be a second question."""

    def look(execute, sql, params, many, context):
        assert not any(f'FROM "{table}"' in sql for table in tables), sql
        return execute(sql, params, many, context)

    return look


def test_a_new_password_ends_the_sessions_of_the_old_one(cast, bob):
    user = user_of(cast.bob)
    user.set_password("another long password")
    user.save()
    assert not is_in(bob)
    assert not Session.objects.filter(user=user).exists()


def test_an_account_that_may_not_sign_in_any_more_is_out(cast, bob):
    User.objects.filter(pk=cast.bob.user_id).update(is_active=False)
    assert not is_in(bob)


def test_a_member_who_left_is_out(cast, bob):
    Member.objects.filter(pk=cast.bob.member_id).update(active=False)
    assert not is_in(bob)


def test_an_expired_session_is_out(cast, bob):
    Session.objects.filter(user=user_of(cast.bob)).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(bob)


def test_a_session_that_names_another_account_than_its_row_is_not_believed(cast, bob):
    Session.objects.filter(user=user_of(cast.bob)).update(user=user_of(cast.alice))
    page = bob.get("/me/") if is_in(bob) else None
    assert page is None or user_of(cast.alice).email not in page.content.decode()


def test_no_session_is_lost_on_the_way_from_the_old_table(cast):
    carry_over = import_module("klantbeeld.platform.people.migrations.0002_sessions").carry_over
    soon = timezone.now() + timedelta(days=1)
    for key, data in (("a" * 32, {SESSION_KEY: str(cast.bob.user_id)}), ("b" * 32, {}), ("c" * 32, {SESSION_KEY: "x"})):
        DjangoSession.objects.create(session_key=key, session_data=DjangoStore().encode(data), expire_date=soon)
    with connection.schema_editor() as editor:
        carry_over(apps, editor)
    found = dict(Session.objects.values_list("session_key", "user_id"))
    assert found == {"a" * 32: cast.bob.user_id, "b" * 32: None, "c" * 32: None}
