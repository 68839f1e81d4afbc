"""Bulk changes: which records, what was to be done with them, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.jobs.public import Job
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel


class BulkChange(TenantModel):
    """One change of many records of one type.

    `action` is "edit", "assign" or "delete". The records were picked one by one (`ids`), or as all that meet
    `condition` (None: all there are) at `picked_at`; `targets` are the ones that it came to when the change began.
    `instruction` is what is to be done (see `instruction.py`), empty while it isn't said. `report` and `undone` are
    what the change and its undoing came to. History numbers its rows: `history_from` is the last one before the
    change, `history_to` the last one of it or soon after. `back` is the address of the list that it was asked on.
    """

    record_type = models.CharField(max_length=50)
    action = models.CharField(max_length=20)
    ids = ArrayField(models.UUIDField(), null=True)
    condition = models.JSONField(null=True)
    picked_at = models.DateTimeField()
    targets = ArrayField(models.UUIDField(), null=True)
    instruction = models.JSONField(default=dict)
    back = models.CharField(max_length=8000, blank=True)
    member = TenantForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    job = TenantForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    undo_job = TenantForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    report = models.JSONField(default=dict)
    undone = models.JSONField(default=dict)
    history_from = models.BigIntegerField(default=0)
    history_to = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        indexes = [models.Index(fields=["tenant", "-created_at"], name="bulk_change_latest")]

    def __str__(self) -> str:
        return f"{self.action} {self.record_type}"

    @property
    def origin(self) -> str:
        """From where its changes are, as history has it."""
        return f"{KIND} {self.job_id}"


KIND = "bulk change"
"""The kind of the job that does it."""
