"""History: one append-only table for every recorded table, written by triggers."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.audit.position import position_field
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import InTenant, TenantModel


def _setting(name: str) -> Func:
    return Func(Value(name), Value(True), function="current_setting", output_field=models.TextField())


class Recorded(TenantModel):
    """Base of the tables whose every change is recorded, by whatever path it comes."""

    recorded = True

    created_at = models.DateTimeField(_("created"), auto_now_add=True, db_index=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, db_index=False)

    class Meta:
        abstract = True


class AppendOnly(TenantModel):
    """Base of the tables whose rows stay as they were written: the product's role can't update them.

    A row is its own record: it says who wrote it, when and from where, as the database knows it. Only its removal goes
    into history.
    """

    created_at = models.DateTimeField(_("written down"), auto_now_add=True)
    written_by = models.ForeignKey(
        Member,
        null=True,
        editable=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
        verbose_name=_("written down by"),
        db_constraint=False,
        db_index=False,
        db_default=Cast(NullIf(_setting("klantbeeld.actor"), Value("")), models.UUIDField()),
    )
    origin = models.CharField(
        _("by way of"), max_length=100, editable=False, db_default=Coalesce(_setting("klantbeeld.origin"), Value(""))
    )

    position = position_field()

    class Meta:
        abstract = True


class Change(InTenant):
    """One row that was created, changed or deleted: who, when, from where, before and after.

    A creation holds no values: they are the row's own, seen through the changes since. A change holds the columns
    that differ, a deletion the whole row.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"))
    table = models.CharField(max_length=63)
    record_id = models.UUIDField()
    action = models.CharField(
        max_length=6, choices=[("create", _("created")), ("change", _("changed")), ("delete", _("deleted"))]
    )
    actor_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=100)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    position = position_field()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [
            models.Index(fields=["tenant", "record_id", "id"], name="change_of_record"),
            models.Index(
                fields=["tenant", "table", "id"], name="change_deletions", condition=models.Q(action="delete")
            ),
            # Rows are written in the order of time, so that a few bytes a page find all since a day.
            BrinIndex(fields=["at"], name="change_by_time", autosummarize=True),
            models.Index(
                fields=["tenant", "position", "id"],
                name="change_in_order",
                condition=models.Q(position__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.table} {self.record_id}"
