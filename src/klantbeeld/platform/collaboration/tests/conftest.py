"""A customer of Bob's, and the worker that hears of what happened."""

from typing import Any

import pytest

from klantbeeld.platform.events.dispatch import dispatch_due
from klantbeeld.platform.events.models import Outbox
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered


@pytest.fixture
def piet(cast: Any, make: Any) -> Any:
    """Bob's own, which Alice sees and Carol doesn't. That it was made is told already."""
    made = make(cast.bob, "customers", name="Piet de Boer")
    Outbox.objects.all().delete()
    return made


@pytest.fixture
def happen() -> Any:
    """Let the worker do what follows from what happened."""

    def happened() -> None:
        with entered(None):
            while dispatch_due():
                pass
        assert not Outbox.objects.exists()

    return happened


@pytest.fixture
def change(cast: Any) -> Any:
    """Change a customer as somebody: `change("alice", customer, city="Utrecht")`."""

    def changed(who: str, record: Any, **values: Any) -> None:
        actor = getattr(cast, who)
        customers = registry.get("customers")
        with entered(Scope(cast.tenant.id, actor.member_id, "web")):
            customers.writer(customers, actor).change(record.pk, values)

    return changed


@pytest.fixture
def say(cast: Any) -> Any:
    """Write a comment as the page does; returns the answer."""

    def said(who: str, record: Any, text: str, **more: Any) -> Any:
        return cast.client(who).post(
            f"/customers/{record.pk}/comments", {"text": text, **more}, headers={"hx-request": "true"}
        )

    return said


@pytest.fixture
def bell(cast: Any) -> Any:
    """The list of notifications of somebody, as HTML."""
    return lambda who: cast.client(who).get("/notifications/").content.decode()
