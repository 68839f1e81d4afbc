"""How a running job tells how far it is."""

from typing import Any

from django.db import connection
from django.utils import timezone

from klantbeeld.platform.jobs.models import Job, JobState

LIVE_CHANNEL = "klantbeeld_live"


class Cancelled(Exception):
    """Somebody stopped the job; its function should let this pass."""


class Progress:
    """A job's handle on itself: read `job.arguments` and `job.checkpoint`, report with `report`."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def report(self, done: int, total: int | None = None, checkpoint: dict[str, Any] | None = None) -> None:
        """Store how far we are, and what is needed to go on from here. Raises Cancelled when somebody stopped it.

        Call it in the transaction that did the work, so that the checkpoint is true after a crash.
        """
        changes: dict[str, Any] = {"done": done}
        if total is not None:
            changes["total"] = total
        if checkpoint is not None:
            changes["checkpoint"] = checkpoint
        for name, value in changes.items():
            setattr(self.job, name, value)
        if not Job.objects.filter(id=self.job.id, state=JobState.RUNNING).update(**changes):
            raise Cancelled
        tell(self.job)

    def finish(self, state: JobState, error: str = "") -> None:
        """Store how it ended."""
        self.job.state, self.job.error, self.job.ended_at = state, error, timezone.now()
        self.job.save(update_fields=["state", "error", "ended_at", "result", "done", "total"])
        tell(self.job)


def tell(job: Job) -> None:
    """Tell those who watch that a job moved on (after commit, through the live process)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, f"{job.tenant_id} job {job.id}"])
