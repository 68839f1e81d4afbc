"""The Python client: up to date with the API, and at work against a real server."""

import json
import subprocess
import sys

import pytest

from klantbeeld.platform.api.client.generating import render
from klantbeeld.platform.api.management.commands.make_client import TARGET
from klantbeeld.platform.api.models import Token
from klantbeeld.platform.api.tests.conftest import token_of
from klantbeeld.platform.tenancy.scope import Scope, entered


@pytest.fixture
def library(monkeypatch):
    monkeypatch.syspath_prepend(str(TARGET.parents[1]))
    import klantbeeld_client

    return klantbeeld_client


def test_the_types_are_those_of_the_api(cast):
    assert render() == TARGET.read_text(), "Run ./klantbeeld manage make_client."


def test_the_client_does_what_the_api_does(served, library):
    client = library.Client(served.url, token_of(served.cast.alice))
    start = client.changes(after="now")
    assert list(start) == []
    piet = client.customers.create({"name": "Piet", "city": "Gouda"})
    seen, tag = client.customers.get_tagged(piet["id"])
    assert seen == piet
    client.customers.change(piet["id"], {"city": "Delft"}, if_match=tag)
    with pytest.raises(library.Refused) as refused:
        client.customers.change(piet["id"], {"city": "Breda"}, if_match=tag)
    assert (refused.value.status, refused.value.document["current"]["city"]) == (412, "Delft")
    made = client.customers.bulk([{"name": f"Klant {number}"} for number in range(5)])
    assert made["created"] == 5
    where = {"all": [{"field": "name", "op": "starts_with", "value": "Klant"}]}
    assert len(list(client.customers.all(where=where, limit=2, sort="name"))) == 5
    page = client.customers.list(limit=1, count=True, expand=["owner"])
    assert (page.count["number"], page.data[0]["expanded"]["owner"]["name"]) == (6, "Alice")
    assert [each["action"] for each in client.customers.history(piet["id"])] == ["change", "create"]
    told = [each["record_id"] for each in client.changes(after=start.after, types=["customers"])]
    assert told.count(piet["id"]) == 2
    client.customers.delete(piet["id"])
    with pytest.raises(library.Refused) as refused:
        client.customers.create({"name": ""})
    assert set(refused.value.errors) == {"name"}
    assert client.me()["member"]["name"] == "Alice"


def test_who_asks_too_often_waits_and_asks_again(served, library, monkeypatch):
    text = token_of(served.cast.alice)
    with entered(Scope(served.cast.tenant.id)):
        Token.objects.update(requests_per_minute=60)
    waited = []
    monkeypatch.setattr("klantbeeld_client.connection.time.sleep", waited.append)
    client = library.Client(served.url, text)
    with pytest.raises(library.Refused) as refused:
        for _request in range(70):
            client.me()
    assert refused.value.status == 429
    assert waited
    assert all(1 <= each <= 60 for each in waited)


def test_the_client_needs_nothing_but_python():
    code = "import sys, klantbeeld_client; print(__import__('json').dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=TARGET.parents[1],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert not {"django", "requests", "httpx"} & set(json.loads(run.stdout))
