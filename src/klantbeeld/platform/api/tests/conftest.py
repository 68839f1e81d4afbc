"""What the API's tests share: people with tokens, and records of every type to look at."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client

from klantbeeld.platform.access.actor import of_member
from klantbeeld.platform.api.public import create_token
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered


class Silent(WSGIRequestHandler):
    """Says nothing of requests."""

    def log_message(self, *args: Any) -> None:
        pass


@dataclass
class Served:
    """A server that answers on this machine, and the people whom it knows."""

    url: str
    cast: Any


@pytest.fixture
def served(committing_db: None) -> Iterator[Served]:
    """The product behind a real port."""
    from conftest import make_cast

    cast = make_cast()
    with ThreadedWSGIServer(("127.0.0.1", 0), Silent) as server:
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield Served(f"http://localhost:{server.server_address[1]}", cast)
        server.shutdown()
        thread.join(20)


HOSTS = {"noorderlicht": "testserver", "zuiderzee": "zuiderzee.example"}


def token_of(actor: Any, scopes: tuple[str, ...] = ("*",), name: str = "test") -> str:
    """The text of a new token for somebody."""
    with entered(Scope(actor.tenant.id, actor.member_id, "web")):
        return create_token(actor, name, scopes)[1]


@pytest.fixture
def program(cast: Any) -> Callable[..., Client]:
    """Makes a program that acts for somebody of the cast, at their organisation's address.

    The actor is read anew, since a test may have given them other roles.
    """

    def make(name: str, *scopes: str, host: str = "") -> Client:
        actor = cast.actors[name]
        with entered(Scope(actor.tenant.id)):
            actor = of_member(actor.tenant, actor.member_id)
        text = token_of(actor, scopes or ("*",))
        client = Client(headers={"authorization": f"Bearer {text}"}, SERVER_NAME=host or HOSTS[actor.tenant.slug])
        client.token = text
        return client

    return make


def examples(actor: Any) -> dict[str, Any]:
    """One record of every type, as somebody; by slug. And an "employer", a second customer."""
    made: dict[str, Any] = {}
    with entered(Scope(actor.tenant.id, actor.member_id, "web")):
        customers = registry.get("customers")
        made["employer"] = customers.writer(customers, actor).create({"name": "Zonnehof B.V."})
        first = ["customers", "products", "orders"]
        for slug in [*first, *(each.slug for each in registry if each.slug not in first)]:
            record_type = registry.get(slug)
            made[slug] = record_type.writer(record_type, actor).create(values(slug, made))
    return made


def values(slug: str, made: dict[str, Any]) -> dict[str, Any]:
    """What it takes to create a record of a type, given the ones that it may refer to."""
    customer = str(made["customers"].pk) if "customers" in made else None
    known: dict[str, dict[str, Any]] = {
        "customers": {"name": "Marieke van der Velden", "city": "Utrecht", "birth_date": "1980-02-29"},
        "products": {"name": "Bel", "sku": f"B-{len(made)}", "price": "12.50"},
        "identifiers": {"customer": customer, "kind": "email", "shown": f"m{len(made)}@example.org"},
        "addresses": {"customer": customer, "city": "Gouda"},
        "relationships": {
            "customer": customer,
            "role": "works_at",
            "other": str(made["employer"].pk) if "employer" in made else None,
        },
        "interactions": {
            "customer": customer,
            "channel": "note",
            "summary": "Koffie gedronken",
            "at": "2026-03-31T10:00:00Z",
        },
        "tasks": {"title": "Bellen", "customer": customer},
        "orders": {"number": f"2026-{len(made)}", "customer": customer, "placed_at": "2026-03-31T10:00:00Z"},
        "order-lines": {
            "order": str(made["orders"].pk) if "orders" in made else None,
            "unit_price": "2.50",
            "quantity": 3,
        },
    }
    return known.get(slug) or needed(slug, len(made))


def needed(slug: str, number: int) -> dict[str, Any]:
    """The fields without which a type of which nothing is known here can't be created."""
    by_kind: dict[Kind, Any] = {
        Kind.NUMBER: number,
        Kind.MONEY: str(number),
        Kind.DATE: "2026-03-31",
        Kind.DATETIME: "2026-03-31T10:00:00Z",
        Kind.BOOLEAN: True,
    }
    return {
        name: each.choices[0][0] if each.choices else by_kind.get(each.kind, f"{name} {number}")
        for name, each in registry.get(slug).static_fields.items()
        if each.required
    }
