"""Statements whose plan the server keeps, on one connection that serves many."""

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from klantbeeld.platform.people.models import Team
from klantbeeld.platform.tenancy.scope import Scope, entered

_NAMES = "SELECT name FROM people_team ORDER BY name"
_KEPT = "SELECT count(*), sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements WHERE statement LIKE %s"


def names():
    with connection.prepared() as cursor:
        cursor.execute(_NAMES)
        return [name for (name,) in cursor.fetchall()]


def kept(statement):
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [statement])
        return cursor.fetchone()


def test_a_kept_plan_serves_one_organisation_after_the_other(cast):
    Team.objects.create(name="Ours")
    with entered(Scope(cast.other_tenant.id)):
        Team.objects.create(name="Theirs")
    assert "Ours" in names()
    with entered(Scope(cast.other_tenant.id)):
        assert names() == ["Theirs"]
    assert "Ours" in names()


def test_one_plan_serves_all_values(cast):
    for text in ("a", "bc", "def"):
        with connection.prepared() as cursor:
            cursor.execute("SELECT 'how long', length(%s)", [text])
            assert cursor.fetchone() == ("how long", len(text))
    assert kept("SELECT 'how long'%") == (1, 3, 0)


def test_nothing_is_prepared_that_did_not_ask_for_it(cast):
    for _time in range(10):
        list(Team.objects.filter(name="Sales"))
    assert kept('%"people_team"."name" = %')[0] == 0


def test_a_statement_runs_again_after_one_that_failed(cast):
    before = names()
    with pytest.raises(DataError), transaction.atomic(), connection.prepared() as cursor:
        cursor.execute("SELECT 1 / %s::int", [0])
    assert names() == before


def test_what_is_prepared_is_told_to_those_who_listen(cast):
    with CaptureQueriesContext(connection) as seen, connection.prepared() as cursor:
        cursor.execute("SELECT length(%s)", ["once"])
        cursor.execute("SELECT length(%s)", ["again"])
    assert [each["sql"] for each in seen] == ["SELECT length('once')", "SELECT length('again')"]
