"""A page that asks too much of the database is stopped, and says so."""

import json

import pytest
from conftest import make_cast
from django.db import connection, connections

from klantbeeld.platform.api.tests.conftest import token_of
from klantbeeld.platform.records import reading
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.tenancy.statement_timeout import limit_statements


@pytest.fixture
def short_of_time(committing_db, monkeypatch):
    """Everything that reads a list takes longer than it may."""
    cast = make_cast()

    def slow(*_given, **_options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(5)")

    monkeypatch.setattr(reading, "page", slow)
    monkeypatch.setattr(reading, "matching", slow)
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "test")):
        headers = {"Authorization": f"Bearer {token_of(cast.alice)}"}
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '200ms'")
        yield cast.client("alice"), headers
    connection.close()


def test_connections_opened_afterwards_have_the_limit(committing_db, monkeypatch):
    options = dict(connections.settings["default"]["OPTIONS"])
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", options)
    limit_statements(7)
    limit_statements(7)
    after = connections.create_connection("default")
    with after.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("7s",)
    after.close()
    assert options["options"].count("statement_timeout") == 1
    assert "role=" in options["options"]


def test_a_page_that_takes_too_long_says_so(short_of_time):
    client, _headers = short_of_time
    answer = client.get("/customers/")
    assert answer.status_code == 503
    assert "takes too long" in answer.content.decode()


def test_a_program_that_asks_too_much_gets_a_problem_document(short_of_time):
    client, headers = short_of_time
    answer = client.get("/api/v1/customers", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(answer.content)["code"] == "took_too_long"
