"""Idempotency-Key: a write that is sent twice happens once."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from klantbeeld.customers.models import Customer
from klantbeeld.platform.api.models import Answer
from klantbeeld.platform.api.public import forget_old_answers
from klantbeeld.platform.api.tests.conftest import examples, token_of
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.tenancy.scope import Scope, entered

CUSTOMERS = "/api/v1/customers"


def post(client, data, key):
    return client.post(CUSTOMERS, json.dumps(data), content_type="application/json", headers={"idempotency-key": key})


def test_the_same_request_gets_the_same_answer_and_is_done_once(cast, program):
    client = program("alice")
    first, second = (post(client, {"name": "Piet"}, "k1") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.content, first["Location"], first["ETag"]) == (second.content, second["Location"], second["ETag"])
    assert second["Idempotency-Replayed"] == "true"
    assert Customer.objects.filter(name="Piet").count() == 1


def test_a_deletion_may_be_sent_again(cast, program):
    there = f"{CUSTOMERS}/{examples(cast.alice)['employer'].pk}"
    client = program("alice")
    assert [client.delete(there, headers={"idempotency-key": "d"}).status_code for _ in range(2)] == [204, 204]
    assert client.delete(there).status_code == 404


def test_a_key_is_for_one_request(cast, program):
    client = program("alice")
    post(client, {"name": "Piet"}, "k1")
    other = post(client, {"name": "Kees"}, "k1")
    assert (other.status_code, list(other.json()["errors"])) == (422, ["Idempotency-Key"])
    assert not Customer.objects.filter(name="Kees").exists()


def test_a_refused_request_may_be_sent_again_mended(cast, program):
    client = program("alice")
    assert post(client, {"name": ""}, "k1").status_code == 422
    assert post(client, {"name": "Piet"}, "k1").status_code == 201


def test_a_key_is_its_askers_own(cast, program):
    post(program("alice"), {"name": "Piet"}, "k1")
    assert post(program("bob"), {"name": "Piet"}, "k1").status_code == 201
    assert Customer.objects.filter(name="Piet").count() == 2


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é"])
def test_a_key_that_cannot_be_used_is_refused(cast, program, key):
    assert post(program("alice"), {"name": "Piet"}, key).status_code == 422


def test_after_a_day_it_is_forgotten(cast, program):
    client = program("alice")
    post(client, {"name": "Piet"}, "k1")
    with clock.fixed_clock(clock.now() + timedelta(hours=25)):
        with entered(None):
            forget_old_answers()
        assert not Answer.objects.exists()
        assert "Idempotency-Replayed" not in post(client, {"name": "Piet"}, "k1")


def test_while_it_is_being_worked_on_the_second_is_told_to_wait(committing_db, monkeypatch):
    from conftest import make_cast

    from klantbeeld.platform.records.writing import Writer

    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "web")):
        text = token_of(cast.alice)
    begun, go_on, answers = threading.Event(), threading.Event(), []
    create = Writer.create

    def slowly(self, given):
        begun.set()
        assert go_on.wait(20)
        return create(self, given)

    monkeypatch.setattr("klantbeeld.customers.actions.save_customer.CustomerWriter.create", slowly)

    def ask():
        try:
            answers.append(post(Client(headers={"authorization": f"Bearer {text}"}), {"name": "Piet"}, "k1"))
        finally:
            connections.close_all()

    first = threading.Thread(target=ask)
    first.start()
    assert begun.wait(20)
    second = post(Client(headers={"authorization": f"Bearer {text}"}), {"name": "Piet"}, "k1")
    go_on.set()
    first.join(20)
    assert (second.status_code, second.json()["code"]) == (409, "key_in_use")
    assert answers[0].status_code == 201
