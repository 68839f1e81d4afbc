"""Who may watch: the session cookie of the pages, looked up as the pages do. Runs in a thread, with few connections."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import close_old_connections
from django.http import HttpRequest

from klantbeeld.platform.access.signed_in import signed_in
from klantbeeld.platform.jobs.models import Job
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.middleware import tenant_at
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

_T = TypeVar("_T")
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="entrance")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who watches: their organisation, who they are there, and the kinds of record they may read."""

    tenant_id: UUID
    member_id: UUID
    readable: frozenset[str]


def admit(host: str, session_key: str) -> Visitor | None:
    """The visitor with this session at this host (without port); None when there is no such session or membership."""
    tenant = tenant_at(host, list(Tenant.objects.all()))
    if tenant is None or not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    request.user = AnonymousUser()
    actor = signed_in(request, tenant)
    if actor is None or actor.member_id is None:
        return None
    return Visitor(tenant.id, actor.member_id, frozenset(each.slug for each in registry.readable_by(actor)))


def member_of_job(tenant_id: UUID, job_id: UUID) -> UUID | None:
    """The member for whom a job works; None when there is no such job or nobody waits for it."""
    with entered(Scope(tenant_id, origin="live")):
        return Job.objects.filter(id=job_id).values_list("member_id", flat=True).first()


async def in_thread(work: Callable[..., _T], *given: object) -> _T:
    """Run database work beside the loop; its connection is given back afterwards."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _tidily, work, *given)


def _tidily(work: Callable[..., _T], *given: object) -> _T:
    close_old_connections()
    try:
        return work(*given)
    finally:
        close_old_connections()
