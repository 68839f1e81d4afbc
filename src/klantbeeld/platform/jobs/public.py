"""What others use of jobs."""

import time
from typing import Any

from django.db import transaction

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.jobs.fence import StillRunning
from klantbeeld.platform.jobs.models import Job, JobState
from klantbeeld.platform.jobs.progress import Cancelled, Progress, tell
from klantbeeld.platform.jobs.registry import job

__all__ = ["Cancelled", "Job", "JobState", "Progress", "cancel", "go_on", "job", "prepare", "run_here", "start"]

_PAUSE_SECONDS = 0.1


def start(actor: Actor, kind: str, title: str, arguments: dict[str, Any]) -> Job:
    """Queue a job on behalf of `actor`, in the current transaction; a worker picks it up after the commit.

    `arguments` must be JSON. Returns the stored job.
    """
    from klantbeeld.platform.jobs.tasks import run_job

    with transaction.atomic():
        made = Job.objects.create(kind=kind, title=title[:300], member_id=actor.member_id, arguments=arguments)
        run_job.defer(tenant_id=str(made.tenant_id), job_id=str(made.id))
    return made


def prepare(actor: Actor, kind: str, title: str, arguments: dict[str, Any]) -> Job:
    """A job that no worker will pick up, for `run_here`."""
    return Job.objects.create(kind=kind, title=title[:300], member_id=actor.member_id, arguments=arguments)


def run_here(job: Job, patience_seconds: float = 60.0) -> None:
    """Do a job in this process and at once, without the queue: for commands and tests. One that ended is left alone.

    Waits so long for another run to end: the server may not have noticed yet that its process has died. Then raises
    StillRunning.
    """
    from klantbeeld.platform.jobs.tasks import run_job

    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            return run_job(tenant_id=str(job.tenant_id), job_id=str(job.id))
        except StillRunning:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE_SECONDS)


def cancel(job: Job) -> None:
    """Stop a job: at once when it waits, at its next report when it runs. One that has ended stays as it is."""
    Job.objects.filter(id=job.id, state__in=[JobState.WAITING, JobState.RUNNING]).update(state=JobState.CANCELLED)
    tell(job)


def go_on(job: Job) -> bool:
    """Queue a job that failed or was stopped again, to go on from its checkpoint; whether it was such a one."""
    from klantbeeld.platform.jobs.tasks import run_job

    with transaction.atomic():
        ended = Job.objects.filter(id=job.id, state__in=[JobState.FAILED, JobState.CANCELLED])
        if not ended.update(state=JobState.WAITING, error="", ended_at=None):
            return False
        run_job.defer(tenant_id=str(job.tenant_id), job_id=str(job.id))
        tell(job)
    return True
