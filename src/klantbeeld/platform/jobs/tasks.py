"""The one procrastinate task behind all jobs."""

import logging
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from klantbeeld.platform.jobs.fence import StillRunning, alone
from klantbeeld.platform.jobs.models import Job, JobState
from klantbeeld.platform.jobs.outage import LOST, await_database
from klantbeeld.platform.jobs.progress import Cancelled, Overtaken, Progress
from klantbeeld.platform.jobs.registry import work_of
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.people.models import User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

log = logging.getLogger(__name__)

FUTILE_ATTEMPTS = 5
"""How often a job may lose the database without having come further, before it is the job that is to blame."""


# A lost database and a run that another is at pass by themselves, so there is no end to trying.
@app.task(
    name="klantbeeld.job",
    retry=RetryStrategy(wait=5, retry_exceptions=[*LOST, StillRunning]),
    queue="jobs",
)
def run_job(tenant_id: str, job_id: str) -> None:
    """Do one job in its tenant's scope, through any number of outages of the database.

    A job that ended, or doesn't exist any more, is left alone. Raises StillRunning when somebody else is at it, and
    what the database says when it stays away; the queue then comes back to it.
    """
    attempts = _Attempts()
    while True:
        try:
            with entered(Scope(UUID(tenant_id), origin="job")), alone(job_id):
                return _attempt(UUID(tenant_id), job_id, attempts)
        except LOST as problem:
            if connection.in_atomic_block:
                raise
            log.warning("The database went away during job %s (%s); going on when it is back", job_id, problem)
            with entered(None):
                await_database()


class _Attempts:
    """How many attempts in a row began at the same place."""

    def __init__(self) -> None:
        self.place: dict[str, Any] | None = None
        self.futile = 0

    def begin(self, job: Job) -> bool:
        """Whether another attempt makes sense."""
        self.futile = self.futile + 1 if job.checkpoint == self.place else 0
        self.place = job.checkpoint
        return self.futile < FUTILE_ATTEMPTS


def _attempt(tenant_id: UUID, job_id: str, attempts: _Attempts) -> None:
    tenant = Tenant.objects.get(id=tenant_id)
    job = Job.objects.select_related("member").filter(id=job_id).first()
    if job is None or job.ended:
        return
    origin = f"{job.kind} {job.id}"
    language = _language(job, tenant)
    with entered(Scope(tenant.id, job.member_id, origin)), translation.override(language):
        if _begun(job):
            _run(job, attempts.begin(job))


def _language(job: Job, tenant: Tenant) -> str:
    if job.member is None:
        return tenant.language
    return User.objects.values_list("language", flat=True).get(id=job.member.user_id) or tenant.language


def _begun(job: Job) -> bool:
    """Say that the job runs, unless somebody has stopped it meanwhile."""
    job.state = JobState.RUNNING
    waiting = Job.objects.filter(id=job.id, state__in=[JobState.WAITING, JobState.RUNNING])
    return bool(waiting.update(state=job.state, started_at=Coalesce("started_at", Value(timezone.now()))))


def _run(job: Job, worth_it: bool) -> None:
    progress = Progress(job)
    try:
        if not worth_it:
            log.error("Job %s (%s) lost the database %d times at the same place", job.id, job.kind, FUTILE_ATTEMPTS)
            raise Refused(_("The database broke off each time we tried this. What was done so far is kept."))
        work_of(job.kind)(progress)
    except Cancelled:
        progress.finish(JobState.CANCELLED)
    except Overtaken:
        log.warning("Another run of job %s (%s) has gone further; this one stops", job.id, job.kind)
    except Refused as refused:
        progress.finish(JobState.FAILED, str(refused))
    except LOST:
        raise
    except Exception:
        log.exception("Job %s (%s) failed", job.id, job.kind)
        progress.finish(JobState.FAILED, _("Something went wrong on our side. What was done so far is kept."))
    else:
        progress.finish(JobState.DONE)
