"""How a running job tells how far it is."""

from copy import deepcopy
from typing import Any

from django.db import connection
from django.utils import timezone

from klantbeeld.platform.jobs.models import Job, JobState

LIVE_CHANNEL = "klantbeeld_live"


class Cancelled(Exception):
    """Somebody stopped the job; its function should let this pass."""


class Overtaken(Exception):
    """Another run of the same job has gone further; the job's function should let this pass, and do no more."""


class Progress:
    """A job's handle on itself: read `job.arguments` and `job.checkpoint`, report with `report`."""

    def __init__(self, job: Job) -> None:
        self.job = job
        # A copy: the function may go on filling what it gave us.
        self._stored = deepcopy(job.checkpoint)

    def report(self, done: int, total: int | None = None, checkpoint: dict[str, Any] | None = None) -> None:
        """Store how far we are, and what is needed to go on from here.

        Call it in the transaction that did the work, so that the checkpoint is true after a crash. Raises Cancelled
        when somebody stopped the job, and Overtaken when the stored checkpoint isn't the one that we went on from.
        """
        changes: dict[str, Any] = {"done": done}
        if total is not None:
            changes["total"] = total
        if checkpoint is not None:
            changes["checkpoint"] = checkpoint
        for name, value in changes.items():
            setattr(self.job, name, value)
        ours = Job.objects.filter(id=self.job.id, state=JobState.RUNNING)
        if not ours.filter(checkpoint=self._stored).update(**changes):
            raise Overtaken if ours.exists() else Cancelled
        if checkpoint is not None:
            self._stored = deepcopy(checkpoint)
        tell(self.job)

    def finish(self, state: JobState, error: str = "") -> None:
        """Store how it ended; a job that somebody stopped meanwhile stays stopped."""
        came_to = {"ended_at": timezone.now(), "result": self.job.result}
        mine = Job.objects.filter(id=self.job.id)
        if not mine.filter(state=JobState.RUNNING).update(state=state, error=error, **came_to):
            mine.filter(state=JobState.CANCELLED).update(**came_to)
        tell(self.job)


def tell(job: Job) -> None:
    """Tell those who watch that a job moved on (after commit, through the live process)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, f"{job.tenant_id} job {job.id}"])
