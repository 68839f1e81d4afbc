"""Those who watch, and what reaches whom."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from klantbeeld.site.live.entrance import Visitor

MOST_PER_MEMBER = 12
MOST_IN_ALL = 10_000
_MOST_WAITING = 64
_REST_SECONDS = 1.0


class Full(Exception):
    """There are too many streams, of this member or in all."""


@dataclass(eq=False, slots=True)
class Watcher:
    """One open stream. `waiting` holds ready lines; None in it ends the stream."""

    visitor: Visitor
    host: str
    session_key: str
    waiting: "asyncio.Queue[bytes | None]" = field(default_factory=lambda: asyncio.Queue(_MOST_WAITING))

    def give(self, line: bytes | None) -> None:
        """Queue a line; a stream whose reader is too slow ends, and its browser comes back."""
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            line = None
        self.waiting.put_nowait(line)


class Audience:
    """All open streams of this process."""

    def __init__(self) -> None:
        self.watchers: dict[UUID, set[Watcher]] = {}
        self._per_member: Counter[UUID] = Counter()
        # Kinds of record that were told of less than a second ago, and whether they changed again since.
        self._resting: dict[tuple[UUID, str], bool] = {}

    def join(self, watcher: Watcher) -> None:
        """Open a stream. Raises Full."""
        member_id = watcher.visitor.member_id
        if self._per_member[member_id] >= MOST_PER_MEMBER or self._per_member.total() >= MOST_IN_ALL:
            raise Full
        self._per_member[member_id] += 1
        self.watchers.setdefault(watcher.visitor.tenant_id, set()).add(watcher)

    def leave(self, watcher: Watcher) -> None:
        """Forget a stream."""
        tenant_id, member_id = watcher.visitor.tenant_id, watcher.visitor.member_id
        self.watchers[tenant_id].discard(watcher)
        if not self.watchers[tenant_id]:
            del self.watchers[tenant_id]
        self._per_member[member_id] -= 1
        if not self._per_member[member_id]:
            del self._per_member[member_id]

    def everybody(self) -> list[Watcher]:
        """All open streams."""
        return [watcher for group in self.watchers.values() for watcher in group]

    def tell_of_job(self, tenant_id: UUID, member_id: UUID, job_id: UUID) -> None:
        """Tell the member for whom a job works that it moved on."""
        line = _line({"event": "job", "id": str(job_id)})
        for watcher in self.watchers.get(tenant_id, ()):
            if watcher.visitor.member_id == member_id:
                watcher.give(line)

    def tell_of_notifications(self, tenant_id: UUID, member_id: UUID) -> None:
        """Tell a member that what they are notified of has changed."""
        for watcher in self.watchers.get(tenant_id, ()):
            if watcher.visitor.member_id == member_id:
                watcher.give(_NOTIFICATIONS)

    def tell_of_comments(self, tenant_id: UUID, slug: str, record_id: UUID) -> None:
        """Tell those who may read this kind of record that something was said about one."""
        line = _line({"event": f"comments.{record_id}"})
        for watcher in self.watchers.get(tenant_id, ()):
            if slug in watcher.visitor.readable:
                watcher.give(line)

    def tell_of_records(self, tenant_id: UUID, slug: str) -> None:
        """Tell those who may read this kind of record that some changed, at most once a second."""
        if tenant_id not in self.watchers:
            return
        if (tenant_id, slug) in self._resting:
            self._resting[tenant_id, slug] = True
            return
        line = _line({"event": f"records.{slug}", "slug": slug})
        for watcher in self.watchers[tenant_id]:
            if slug in watcher.visitor.readable:
                watcher.give(line)
        self._resting[tenant_id, slug] = False
        asyncio.get_running_loop().call_later(_REST_SECONDS, self._rested, tenant_id, slug)

    def tell_of_everything(self) -> None:
        """Tell everybody that all they may read may have changed: after we couldn't hear for a while."""
        for tenant_id, group in list(self.watchers.items()):
            for watcher in group:
                watcher.give(_NOTIFICATIONS)
            for slug in sorted(frozenset().union(*(watcher.visitor.readable for watcher in group))):
                self.tell_of_records(tenant_id, slug)

    def _rested(self, tenant_id: UUID, slug: str) -> None:
        if self._resting.pop((tenant_id, slug), False):
            self.tell_of_records(tenant_id, slug)


def _line(message: dict[str, str]) -> bytes:
    return b"data: " + json.dumps(message, separators=(",", ":")).encode() + b"\n\n"


_NOTIFICATIONS = _line({"event": "notifications"})
