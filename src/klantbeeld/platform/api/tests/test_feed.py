"""The feed of changes: in the order of commits, without losing anything, and through the gates."""

import json
import threading
from contextlib import contextmanager

import pytest
from conftest import make_cast
from django.db import connections, transaction
from django.test import Client

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.tests.conftest import HOSTS, token_of
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered

FEED = "/api/v1/changes"


@pytest.fixture
def told(committing_db):
    """People whose work is committed; each asks for the feed with a token."""
    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "web")):
        cast.start = ask(cast, "alice", after="now")["after"]
        yield cast


def ask(cast, name, **query):
    text = token_of(cast.actors[name])
    client = Client(headers={"authorization": f"Bearer {text}"}, SERVER_NAME=HOSTS[cast.actors[name].tenant.slug])
    response = client.get(FEED, query)
    assert response.status_code == 200, response.content
    return response.json()


def write(cast, who, slug, **values):
    actor, record_type = cast.actors[who], registry.get(slug)
    with entered(Scope(cast.tenant.id, actor.member_id, "web")):
        return record_type.writer(record_type, actor).create(values)


def lines(page):
    return [(each["type"], each["action"]) for each in page["data"]]


def test_creation_change_and_deletion_are_told_in_order(told):
    customers = registry.get("customers")
    writer = customers.writer(customers, told.alice)
    made = write(told, "alice", "customers", name="Piet")
    writer.change(made.pk, {"city": "Gouda"})
    call = {"channel": "call", "summary": "Gebeld", "at": "2026-03-31T10:00:00Z"}
    other = write(told, "alice", "customers", name="Kees")
    write(told, "alice", "interactions", customer=str(other.pk), **call)
    writer.delete(made.pk)
    page = ask(told, "alice", after=told.start, types="customers,interactions", records="true")
    kinds = lines(page)
    assert kinds[:3] == [("customers", "create"), ("customers", "change"), ("customers", "create")]
    assert ("interactions", "create") in kinds
    assert kinds[-1] == ("customers", "delete")
    assert page["data"][1]["changes"] == {"city": {"before": None, "after": "Gouda"}}
    assert page["data"][1]["actor"]["label"] == "Alice"
    assert page["data"][0]["record"] is None
    assert next(each for each in page["data"] if each["type"] == "interactions")["record"]["summary"] == "Gebeld"
    assert not page["more"]
    assert ask(told, "alice", after=page["after"], types="customers,interactions")["data"] == []


def test_pages_together_are_the_whole(told):
    with transaction.atomic():
        for number in range(5):
            write(told, "alice", "customers", name=f"Klant {number}")
    write(told, "alice", "customers", name="Klant 5")
    whole = [each["record_id"] for each in ask(told, "alice", after=told.start, types="customers")["data"]]
    assert len(whole) == 6
    after, seen, more = told.start, [], True
    while more:
        page = ask(told, "alice", after=after, types="customers", limit="2")
        seen += [each["record_id"] for each in page["data"]]
        after, more = page["after"], page["more"]
    assert seen == whole


@contextmanager
def unfinished(cast, **values):
    """Somebody writes in a transaction of their own that isn't over yet."""
    begun, finish = threading.Event(), threading.Event()

    def work():
        try:
            with transaction.atomic():
                write(cast, "alice", "customers", **values)
                begun.set()
                finish.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert begun.wait(20)
        yield
    finally:
        finish.set()
        thread.join(20)


def test_what_a_long_transaction_wrote_is_not_skipped(told):
    with unfinished(told, name="Langzaam"):
        write(told, "alice", "customers", name="Snel")
        waiting = ask(told, "alice", after=told.start, types="customers")
        assert waiting["data"] == []
    page = ask(told, "alice", after=waiting["after"], types="customers", records="true")
    assert [each["record"]["name"] for each in page["data"]] == ["Langzaam", "Snel"]


def test_the_gates_hold(told):
    made = write(told, "alice", "customers", name="Van Alice", phone="030 123 4567")
    team = write(told, "bob", "customers", name="Van Bob", phone="030 123 4567")
    write(told, "bob", "tasks", title="Bellen", customer=str(team.pk))
    customers = registry.get("customers")
    for one in (made, team):
        customers.writer(customers, told.alice).change(one.pk, {"phone": "030 765 4321"})
        customers.writer(customers, told.alice).change(one.pk, {"city": "Gouda"})
    grants = {"customers": {"read": "team", "fields": {"phone": "hidden"}}, "tasks": {"read": "own"}}
    Role.objects.filter(name="Agent").update(grants={"records": grants})
    seen = ask(told, "bob", after=told.start, records="true")
    assert {each["record_id"] for each in seen["data"] if each["type"] == "customers"} == {str(team.pk)}
    assert [each["changes"].keys() for each in seen["data"] if each["action"] == "change"] == [{"city"}]
    assert "phone" not in json.dumps(seen)
    tasks = registry.get("tasks")
    for task in tasks.model.objects.all():
        tasks.writer(tasks, told.alice).delete(task.pk)
    customers.writer(customers, told.alice).delete(made.pk)
    gone = [each for each in ask(told, "bob", after=seen["after"])["data"] if each["action"] == "delete"]
    assert [each["type"] for each in gone] == ["tasks"]
    assert [each["type"] for each in ask(told, "carol", after=seen["after"])["data"]] == []
    dave = ask(told, "dave")
    assert dave["data"] == []


@pytest.mark.parametrize(
    "query", ["after=x", "after=W10", "after=%00", "types=nothing", "types=", "limit=0", "nothing=1"]
)
def test_a_question_that_cannot_be_understood_is_refused(program, query):
    assert program("alice").get(f"{FEED}?{query}").status_code == 422
