"""Something to be done for a customer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.models import Customer
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.customfields.public import WithCustomFields
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Task(Recorded, WithCustomFields):
    """A thing to do, by whom and before when; `done_at` once it is done."""

    title = models.CharField(_("what"), max_length=200)
    customer = TenantForeignKey(
        Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("customer")
    )
    owner = TenantForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
        db_index=False,
    )
    due_on = models.DateField(_("before"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(fields=["tenant", "due_on", "id"], name="task_by_due"),
            models.Index(fields=["tenant", "owner", "done_at", "due_on"], name="task_of_owner"),
            # For the lanes of the board.
            models.Index(fields=["tenant", "owner", "due_on", "id"], name="task_by_owner_and_day"),
            models.Index(fields=["tenant", "created_at", "id"], name="task_by_created"),
        ]

    def __str__(self) -> str:
        return self.title
