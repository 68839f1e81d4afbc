"""Imports and exports: what was asked for, how far it is, and what came of it."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.jobs.public import Job
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel


class Import(TenantModel):
    """A file that becomes records of one type.

    `file` is its name in storage, `file_name` what the person called it. `dialect` says how it is written, `profile`
    what its columns look like, `headers` their names, `mapping` which field each goes into (see `mapping.py`), `key` by
    which field records are recognised. `checked` and `report` are what a trial and the import came to. The jobs are
    those of the trial, the import and its undoing. `file` is empty when it was removed: once it is imported, and after
    `KEPT` in any case, as are the refused rows.
    """

    KEPT = timedelta(days=14)

    record_type = models.CharField(max_length=50)
    file = models.CharField(max_length=200)
    file_name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    dialect = models.JSONField(default=dict)
    profile = models.JSONField(default=dict)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    key = models.CharField(max_length=60, blank=True)
    mode = models.CharField(
        max_length=10,
        default="both",
        choices=[
            ("both", _("Add new records and change known ones")),
            ("create", _("Only add new records")),
            ("change", _("Only change known records")),
        ],
    )
    member = TenantForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    check_job = TenantForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    job = TenantForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    undo_job = TenantForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    checked = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    undone = models.JSONField(default=dict)
    refused_file = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["tenant", "-created_at"], name="import_latest")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def refused_name(self) -> str:
        """The name in storage of the file with refused rows, be it there or not."""
        return f"refused/{self.id}.csv"

    @property
    def kept_until(self) -> datetime:
        """When its files are removed at the latest."""
        return self.created_at + self.KEPT


class Export(TenantModel):
    """A list as a file: `condition`, `ids` (None: all that meet the condition), `columns` and `sort` say what is in it,
    `file` where it stands for a week."""

    record_type = models.CharField(max_length=50)
    condition = models.JSONField(null=True)
    ids = ArrayField(models.UUIDField(), null=True)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=100, blank=True)
    format = models.CharField(_("format"), max_length=4, choices=[("csv", "CSV"), ("xlsx", "Excel")])
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    rows = models.PositiveBigIntegerField(default=0)
    member = TenantForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+")
    job = TenantForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [models.Index(fields=["tenant", "-created_at"], name="export_latest")]

    def __str__(self) -> str:
        return self.file_name
