"""Events reach their handlers after the commit, once."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from klantbeeld.platform.events import registry
from klantbeeld.platform.events.dispatch import MAX_ATTEMPTS, dispatch_due
from klantbeeld.platform.events.models import Handled, Outbox
from klantbeeld.platform.events.public import emit, handles, handles_all
from klantbeeld.platform.people.models import Team
from klantbeeld.platform.tenancy.scope import Scope, current, entered


@pytest.fixture
def listening() -> Iterator[None]:
    """Handlers that a test registers are gone after it."""
    before = {event: dict(handlers) for event, handlers in registry._handlers.items()}
    yield
    registry._handlers.clear()
    registry._handlers.update(before)


def make_due() -> None:
    Outbox.objects.update(due_at=timezone.now())


def test_a_handler_runs_in_the_scope_of_the_event(cast, listening):
    heard = []
    handles("test.happened", "ear")(lambda payload: heard.append((payload["id"], current())))
    emit("test.happened", {"id": 7})
    with entered(None):
        assert dispatch_due() >= 1
    assert heard == [(7, Scope(cast.tenant.id, cast.alice.member_id, "event test.happened"))]
    assert not Outbox.objects.exists()


def test_after_a_rollback_nothing_was_said(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        emit("test.happened", {})
        raise ZeroDivisionError
    assert not Outbox.objects.filter(name="test.happened").exists()


def test_a_failing_handler_is_tried_again_and_the_others_are_not(cast, listening):
    calls = []

    def fragile(payload):
        calls.append("fragile")
        Team.objects.create(name="half done")
        if len([call for call in calls if call == "fragile"]) == 1:
            raise OSError("the line is down")

    handles("test.happened", "a")(lambda payload: calls.append("a"))
    handles("test.happened", "b")(fragile)
    emit("test.happened", {})
    dispatch_due()
    waiting = Outbox.objects.get(name="test.happened")
    assert waiting.attempts == 1
    assert "the line is down" in waiting.error
    assert waiting.due_at > timezone.now()
    assert not Team.objects.filter(name="half done").exists()
    make_due()
    dispatch_due()
    assert calls == ["a", "fragile", "fragile"]
    assert Team.objects.filter(name="half done").count() == 1
    assert not Outbox.objects.filter(name="test.happened").exists()
    assert not Handled.objects.exists()


def test_an_event_that_keeps_failing_is_kept_for_a_person_to_look_at(cast, listening):
    handles("test.happened", "never")(lambda payload: 1 / 0)
    emit("test.happened", {})
    for _ in range(MAX_ATTEMPTS + 1):
        make_due()
        dispatch_due()
    kept = Outbox.objects.get(name="test.happened")
    assert kept.failed_at is not None
    assert kept.attempts == MAX_ATTEMPTS


def test_events_of_several_tenants_are_handled_each_in_its_own_scope(cast, listening):
    seen = []
    handles("test.happened", "ear")(lambda payload: seen.append(current().tenant_id))
    for tenant in (cast.tenant, cast.other_tenant):
        with entered(Scope(tenant.id)):
            emit("test.happened", {})
    with entered(None):
        dispatch_due()
    assert sorted(seen) == sorted([cast.tenant.id, cast.other_tenant.id])


def test_a_name_is_taken_once(listening):
    handles("test.happened", "ear")(print)
    with pytest.raises(ValueError, match="ear"):
        handles("test.happened", "ear")(print)


def test_a_handler_of_all_hears_what_happens_to_things_of_any_kind(cast, listening, monkeypatch):
    monkeypatch.setattr(registry, "_of_all", {})
    heard = []
    handles_all("happened", "ear")(lambda what, payload: heard.append((what, payload["id"])))
    for name in ("bikes.happened", "boats.happened", "boats.sunk"):
        emit(name, {"id": 7})
    dispatch_due()
    assert heard == [("bikes", 7), ("boats", 7)]
    with pytest.raises(ValueError, match="ear"):
        handles_all("happened", "ear")(lambda what, payload: None)
