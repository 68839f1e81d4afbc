"""What others use of events: saying that something happened, and listening."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from klantbeeld.platform.events.models import Outbox
from klantbeeld.platform.events.registry import handles
from klantbeeld.platform.tenancy.scope import current

__all__ = ["emit", "handles"]

CHANNEL = "klantbeeld_outbox"


def emit(name: str, payload: Mapping[str, Any]) -> None:
    """Say that something happened, within the transaction in which it happens.

    `payload` must be JSON. Handlers run after commit; after a rollback nothing was said.
    """
    scope = current()
    now = timezone.now()
    Outbox.objects.create(
        name=name,
        payload=dict(payload),
        actor_id=scope.actor_id,
        emitted_at=now,
        due_at=now,
    )
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
