"""Assistants: the protocol as its own client speaks it, and the same rights as everywhere."""

import asyncio
import json
from uuid import uuid4

import pytest
from django.test import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.tests.conftest import examples, token_of
from klantbeeld.platform.audit.models import Change


class Assistant:
    """Speaks to /mcp with somebody's token."""

    def __init__(self, actor, *scopes):
        self.client = Client(headers={"authorization": f"Bearer {token_of(actor, scopes or ('*',), 'Assistent')}"})

    def send(self, message, **headers):
        body = message if isinstance(message, str) else json.dumps(message)
        return self.client.post("/mcp", body, content_type="application/json", headers=headers)

    def ask(self, method, **params):
        return self.send({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).json()

    def call(self, name, **arguments):
        return self.ask("tools/call", name=name, arguments=arguments)["result"]


@pytest.fixture
def alice(cast):
    return Assistant(cast.alice)


def test_it_says_who_it_is_and_what_it_can_do(alice):
    said = alice.ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "x"})["result"]
    assert (said["protocolVersion"], said["serverInfo"]["name"]) == ("2025-06-18", "klantbeeld")
    assert alice.send({"jsonrpc": "2.0", "method": "notifications/initialized"}).status_code == 202
    names = {each["name"] for each in alice.ask("tools/list")["result"]["tools"]}
    reading = {"describe_types", "search", "get_record", "list_records"}
    assert names == reading | {"create_record", "update_record", "log_interaction"}


def test_an_assistant_looks_up_and_acts_as_its_member(cast, alice):
    made = alice.call("create_record", type="customers", values={"name": "Piet Jansen", "city": "Gouda"})
    piet = made["structuredContent"]
    assert json.loads(made["content"][0]["text"]) == piet
    (hit,) = alice.call("search", text="jansen")["structuredContent"]["hits"]
    assert (hit["type"], hit["id"]) == ("customers", piet["id"])
    changed = alice.call("update_record", type="customers", id=piet["id"], values={"city": "Delft"})
    assert changed["structuredContent"]["city"] == "Delft"
    where = {"all": [{"field": "city", "op": "is", "value": "Delft"}]}
    listed = alice.call("list_records", type="customers", where=where, fields=["name"])["structuredContent"]
    assert (listed["data"], listed["count"]["number"]) == ([{"id": piet["id"], "name": "Piet Jansen"}], 1)
    logged = alice.call("log_interaction", customer=piet["id"], channel="call", summary="Belde over zijn fiets")
    assert logged["structuredContent"]["customer"]["id"] == piet["id"]
    whole = alice.call("get_record", type="customers", id=piet["id"], expand=["interactions"])["structuredContent"]
    assert whole["expanded"]["interactions"]["data"][0]["summary"] == "Belde over zijn fiets"
    changes = Change.objects.filter(record_id=piet["id"])
    assert {(each.actor_id, each.origin) for each in changes} == {(cast.alice.member_id, "api:Assistent")}
    fields = alice.call("describe_types", type="customers")["structuredContent"]
    assert "city" in fields["writable"]


def test_the_gates_hold_for_every_tool(cast, alice):
    made = examples(cast.alice)["customers"]
    grants = {"customers": {"read": "own", "create": "all", "change": "own", "fields": {"phone": "hidden"}}}
    Role.objects.filter(name="Agent").update(grants={"records": grants})
    bob = Assistant(cast.bob)
    refused = [
        bob.call("get_record", type="customers", id=str(made.pk)),
        bob.call("get_record", type="customers", id=str(uuid4())),
        bob.call("update_record", type="customers", id=str(made.pk), values={"city": "Delft"}),
    ]
    assert {json.loads(each["content"][0]["text"])["code"] for each in refused} == {"not_found"}
    assert bob.call("search", text="Marieke")["structuredContent"]["hits"] == []
    assert bob.call("list_records", type="customers")["structuredContent"]["data"] == []
    assert "phone" not in json.dumps(bob.call("describe_types", type="customers"))
    hidden, unknown = (
        bob.call("create_record", type="customers", values={"name": "Piet", name: "x"}) for name in ("phone", "nothing")
    )
    assert hidden["isError"]
    assert hidden["content"][0]["text"].replace("phone", "nothing") == unknown["content"][0]["text"]
    assert bob.call("describe_types", type="orders")["isError"]
    reader = Assistant(cast.alice, "*:read")
    assert reader.call("create_record", type="customers", values={"name": "Piet"})["isError"]
    assert reader.call("log_interaction", customer=str(made.pk), channel="call", summary="x")["isError"]


def test_what_is_wrong_is_said_so_that_it_can_be_mended(alice):
    where = {"all": [{"field": "nothing", "op": "is", "value": 1}]}
    bad = json.loads(alice.call("list_records", type="customers", where=where)["content"][0]["text"])
    assert (bad["code"], bad["pointer"]) == ("bad_condition", "/all/0/field")
    wrong = json.loads(alice.call("list_records", type=5, nothing=1, limit=True)["content"][0]["text"])
    assert set(wrong["errors"]) == {"type", "nothing", "limit"}
    assert set(json.loads(alice.call("get_record")["content"][0]["text"])["errors"]) == {"type", "id"}
    assert alice.ask("tools/call", name="nothing")["error"]["code"] == -32602
    assert alice.ask("resources/list")["error"]["code"] == -32601


@pytest.mark.parametrize(
    ("message", "code"), [("{", -32700), ("[]", -32600), ('{"id": 1, "method": "ping"}', -32600), ("5", -32600)]
)
def test_what_is_no_message_is_told_so(alice, message, code):
    assert alice.send(message).json()["error"]["code"] == code


def test_who_has_no_token_or_comes_from_elsewhere_stays_outside(cast, alice):
    assert cast.client("alice").post("/mcp", "{}", content_type="application/json").status_code == 401
    assert alice.send({}, origin="https://evil.example").status_code == 403
    assert alice.client.get("/mcp").status_code == 405
    assert alice.send({}, mcp_protocol_version="1999-01-01").status_code == 400


def test_the_protocols_own_client_gets_along(served):
    headers = {"Authorization": f"Bearer {token_of(served.cast.alice)}"}

    async def talk():
        async with (
            create_mcp_http_client(headers=headers) as http,
            streamable_http_client(f"{served.url}/mcp", http_client=http) as streams,
            ClientSession(streams[0], streams[1]) as session,
        ):
            await session.initialize()
            tools = await session.list_tools()
            made = await session.call_tool("create_record", {"type": "customers", "values": {"name": "Piet"}})
            return {each.name for each in tools.tools}, made

    names, made = asyncio.run(asyncio.wait_for(talk(), 30))
    assert "log_interaction" in names
    assert not made.is_error
    assert made.structured_content["name"] == "Piet"
