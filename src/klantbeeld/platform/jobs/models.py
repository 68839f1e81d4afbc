"""Long work that a person can leave and return to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Job(TenantModel):
    """A piece of long work: what kind, for whom, how far, and what came of it.

    `total` is None while it isn't known. `checkpoint` belongs to the job's function: what it needs to go on after a
    crash. `error` is a sentence for a person; the stack trace is in the log.
    """

    kind = models.CharField(max_length=50)
    title = models.CharField(max_length=300)
    member = TenantForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    arguments = models.JSONField(default=dict)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [models.Index(fields=["tenant", "-created_at"], name="job_latest")]

    def __str__(self) -> str:
        return self.title

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}
