"""The outbox: what is to happen after a commit, written in the same transaction."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.tenancy.models import InTenant


class Outbox(InTenant):
    """An event waiting to be handled.

    `attempts` counts failed tries, `due_at` says when the next one is; a row that keeps failing stays with `failed_at`.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100)
    payload = models.JSONField()
    actor_id = models.UUIDField(null=True)
    emitted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        db_table = "events_outbox"
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["due_at", "tenant", "id"], name="outbox_due", condition=models.Q(failed_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"


class Handled(InTenant):
    """That a handler has done its part for an event: written with its effects, so that a second try does nothing."""

    event_id = models.BigIntegerField()
    handler = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("handled event")
        verbose_name_plural = _("handled events")
        constraints = [models.UniqueConstraint("tenant", "event_id", "handler", name="handled_once")]

    def __str__(self) -> str:
        return f"{self.handler} {self.event_id}"
