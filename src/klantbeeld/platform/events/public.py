"""What others use of events: saying that something happened, and listening."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from klantbeeld.platform.events.models import Outbox
from klantbeeld.platform.events.registry import follow_all, handles, handles_all
from klantbeeld.platform.tenancy.scope import current

__all__ = ["emit", "emit_for_each", "follow_all", "handles", "handles_all"]

CHANNEL = "klantbeeld_outbox"

# Row and notice in one round trip: every write of every record pays for it.
_EMIT = f"""
WITH said AS (
  INSERT INTO {Outbox._meta.db_table} (tenant_id, name, payload, actor_id, emitted_at, due_at, attempts, error)
  VALUES (%s, %s, %s::jsonb, %s, %s, %s, 0, '') RETURNING id)
SELECT pg_notify('{CHANNEL}', '') FROM said
"""  # noqa: S608 - constants of this module only


_EMIT_FOR_EACH = f"""
WITH said AS (
  INSERT INTO {Outbox._meta.db_table} (tenant_id, name, payload, actor_id, emitted_at, due_at, attempts, error)
  SELECT %s, %s, jsonb_build_object('id', record) || %s::jsonb, %s, %s, %s, 0, '' FROM unnest(%s::uuid[]) AS e(record)
  RETURNING id)
SELECT pg_notify('{CHANNEL}', '') FROM said LIMIT 1
"""  # noqa: S608 - constants of this module only


def emit_for_each(name: str, ids: Sequence[UUID], payload: Mapping[str, Any]) -> None:
    """Say the same of many records, each in an event of its own: as `emit` with the record's `id` and `payload`, in
    one statement."""
    if not ids:
        return
    scope = current()
    now = timezone.now()
    texts = "{" + ",".join(map(str, ids)) + "}"
    given: list[Any] = [scope.tenant_id, name, json.dumps(dict(payload)), scope.actor_id, now, now, texts]
    with connection.cursor() as cursor:
        cursor.execute(_EMIT_FOR_EACH, given)


def emit(name: str, payload: Mapping[str, Any]) -> None:
    """Say that something happened, within the transaction in which it happens.

    `payload` must be JSON. Handlers run after commit; after a rollback nothing was said.
    """
    scope = current()
    now = timezone.now()
    with connection.prepared() as cursor:  # type: ignore[attr-defined]
        cursor.execute(_EMIT, [scope.tenant_id, name, json.dumps(dict(payload)), scope.actor_id, now, now])
