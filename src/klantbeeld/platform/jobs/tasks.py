"""The one procrastinate task behind all jobs."""

import logging
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from klantbeeld.platform.jobs.models import Job, JobState
from klantbeeld.platform.jobs.progress import Cancelled, Progress
from klantbeeld.platform.jobs.registry import work_of
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.people.models import User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

log = logging.getLogger(__name__)


@app.task(name="klantbeeld.job", retry=RetryStrategy(max_attempts=3, wait=2), queue="jobs")
def run_job(tenant_id: str, job_id: str) -> None:
    """Do one job in its tenant's scope. A job that ended, or doesn't exist any more, is left alone."""
    tenant = Tenant.objects.get(id=UUID(tenant_id))
    with entered(Scope(tenant.id, origin="job")):
        job = Job.objects.select_related("member").filter(id=job_id).first()
        if job is None or job.ended:
            return
        origin = f"{job.kind} {job.id}"
        language = _language(job, tenant)
        with entered(Scope(tenant.id, job.member_id, origin)), translation.override(language):
            _run(job)


def _language(job: Job, tenant: Tenant) -> str:
    if job.member is None:
        return tenant.language
    return User.objects.values_list("language", flat=True).get(id=job.member.user_id) or tenant.language


def _run(job: Job) -> None:
    job.state, job.started_at = JobState.RUNNING, job.started_at or timezone.now()
    job.save(update_fields=["state", "started_at"])
    progress = Progress(job)
    try:
        work_of(job.kind)(progress)
    except Cancelled:
        progress.finish(JobState.CANCELLED)
    except Refused as refused:
        progress.finish(JobState.FAILED, str(refused))
    except Exception:
        log.exception("Job %s (%s) failed", job.id, job.kind)
        progress.finish(JobState.FAILED, _("Something went wrong on our side. What was done so far is kept."))
    else:
        progress.finish(JobState.DONE)
