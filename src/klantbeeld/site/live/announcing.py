"""Telling the live process that records changed."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from klantbeeld.platform.jobs.progress import LIVE_CHANNEL
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.tenancy.scope import current_tenant_id


def announce(record_type: RecordType, ids: Sequence[UUID | str]) -> None:
    """A follower of every write: says which kind of record changed in which organisation, and nothing else.

    PostgreSQL sends it after the commit, and once for equal ones in a transaction.
    """
    with connection.prepared() as cursor:  # type: ignore[attr-defined]
        message = f"{current_tenant_id()} records {record_type.slug}"
        cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, message])
