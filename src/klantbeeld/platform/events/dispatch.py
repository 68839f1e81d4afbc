"""Bringing outbox rows to their handlers: batched per organisation, SKIP LOCKED, with back-off."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from klantbeeld.platform.events.models import Handled, Outbox
from klantbeeld.platform.events.registry import Handler, followers, handlers_of
from klantbeeld.platform.tenancy.scope import Scope, entered

log = logging.getLogger(__name__)

BATCH = 200
TENANTS = 50
MAX_ATTEMPTS = 12


def dispatch_due() -> int:
    """Handle one batch of due events for every organisation that has some; how many were taken.

    Several dispatchers may run at once.
    """
    with entered(None), connection.cursor() as cursor:
        cursor.execute("SELECT klantbeeld_due_tenants(%s)", [TENANTS])
        tenants = [row[0] for row in cursor.fetchall()]
    return sum(_dispatch_for(tenant_id) for tenant_id in tenants)


def _dispatch_for(tenant_id: UUID) -> int:
    with entered(Scope(tenant_id, origin="event")), transaction.atomic():
        due = list(
            Outbox.objects.select_for_update(skip_locked=True)
            .filter(failed_at=None, due_at__lte=timezone.now())
            .order_by("due_at", "id")[:BATCH]
        )
        handled = [event for event in due if _handle(tenant_id, event)]
        done = [event.id for event in handled] if handled and _followed(handled) else []
        Outbox.objects.filter(id__in=done).delete()
        # Only an event that failed before can have been handled in part.
        Handled.objects.filter(event_id__in=[event.id for event in due if event.attempts and event.id in done]).delete()
    return len(due)


def _followed(events: list[Outbox]) -> bool:
    for name, follower in followers().items():
        try:
            with transaction.atomic():
                follower(events)
        except Exception as error:
            log.exception("The follower %s failed on %d events", name, len(events))
            for event in events:
                _postpone(event, f"{name}: {error}")
            return False
    return True


def _handle(tenant_id: UUID, event: Outbox) -> bool:
    with entered(Scope(tenant_id, event.actor_id, f"event {event.name}")):
        for name, handler in handlers_of(event.name).items():
            try:
                _once(event, name, handler)
            except Exception as error:
                log.exception("The handler %s failed on event %s", name, event.id)
                _postpone(event, f"{name}: {error}")
                return False
    return True


def _once(event: Outbox, name: str, handler: Handler) -> None:
    with transaction.atomic():
        if Handled.objects.filter(event_id=event.id, handler=name).exists():
            return
        handler(event.payload)
        Handled.objects.create(event_id=event.id, handler=name)


def _postpone(event: Outbox, error: str) -> None:
    event.attempts += 1
    event.error = error[:2000]
    event.due_at = timezone.now() + timedelta(seconds=min(2**event.attempts, 3600))
    if event.attempts >= MAX_ATTEMPTS:
        event.failed_at = timezone.now()
    event.save(update_fields=["attempts", "error", "due_at", "failed_at"])
