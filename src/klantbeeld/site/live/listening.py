"""Hearing from PostgreSQL: one connection for the whole process."""

import asyncio
import logging
from collections import OrderedDict
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections

from klantbeeld.platform.jobs.progress import LIVE_CHANNEL
from klantbeeld.site.live.audience import Audience
from klantbeeld.site.live.entrance import in_thread, member_of_job

log = logging.getLogger(__name__)

_FIRST_RETRY_SECONDS, _LAST_RETRY_SECONDS = 0.5, 15.0
_MOST_JOBS_KEPT = 1000
# What Django adds to the parameters for its own use.
_NOT_FOR_US = frozenset({"cursor_factory", "context", "prepare_threshold"})


class Listener:
    """Passes on to the audience what is notified. `ready` is set while it hears."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.ready = asyncio.Event()
        self._members: OrderedDict[UUID, UUID | None] = OrderedDict()

    async def listen_forever(self) -> None:
        """Listen; after a loss of the connection again, telling everybody to look anew."""
        retry, lost = _FIRST_RETRY_SECONDS, False
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {LIVE_CHANNEL}")
                    self.ready.set()
                    if lost:
                        self.audience.tell_of_everything()
                    retry, lost = _FIRST_RETRY_SECONDS, True
                    async for notice in connection.notifies():
                        await self._take(notice.payload)
            except psycopg.Error as problem:
                log.warning("The live process can't hear PostgreSQL and tries again: %s", problem)
            self.ready.clear()
            await asyncio.sleep(retry)
            retry = min(retry * 2, _LAST_RETRY_SECONDS)

    async def _take(self, payload: str) -> None:
        """Pass on "<tenant> job <id>", "<tenant> notifications <member>", "<tenant> comments <slug>/<record>" or
        "<tenant> records <slug>"; anything else isn't ours."""
        try:
            tenant, kind, what = payload.split(" ")
            tenant_id = UUID(tenant)
            if kind == "records":
                self.audience.tell_of_records(tenant_id, what)
            elif kind == "notifications":
                self.audience.tell_of_notifications(tenant_id, UUID(what))
            elif kind == "comments":
                slug, _sign, record_id = what.partition("/")
                self.audience.tell_of_comments(tenant_id, slug, UUID(record_id))
            elif kind == "job" and tenant_id in self.audience.watchers:
                member_id = await self._member_of(tenant_id, UUID(what))
                if member_id is not None:
                    self.audience.tell_of_job(tenant_id, member_id, UUID(what))
        except ValueError:
            log.warning("The live process was told something it doesn't know: %r", payload[:200])

    async def _member_of(self, tenant_id: UUID, job_id: UUID) -> UUID | None:
        if job_id not in self._members:
            self._members[job_id] = await in_thread(member_of_job, tenant_id, job_id)
            if len(self._members) > _MOST_JOBS_KEPT:
                self._members.popitem(last=False)
        return self._members[job_id]


def _parameters() -> dict[str, Any]:
    given = connections["default"].get_connection_params()
    return {name: value for name, value in given.items() if name not in _NOT_FOR_US}
