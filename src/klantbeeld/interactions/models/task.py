"""Something to be done for a customer."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.models import Customer
from klantbeeld.interactions.reminders import Remind
from klantbeeld.interactions.repeating import Repeats
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.customfields.public import WithCustomFields
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Task(Recorded, WithCustomFields):
    """A thing to do, by whom and before when; `done_at` once it is done.

    `remind` and `remind_on` say when its owner is reminded of it, `remind_at` is the first of these moments that is
    still to come. A task that repeats is made anew when it is done; `repeat_of` is the one that it came from.
    """

    unrecorded = ("remind_at",)

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
    due_time = models.CharField(
        _("time"),
        max_length=5,
        blank=True,
        default="",
        db_default="",
        validators=[
            RegexValidator(r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z", _("Give the time in hours and minutes, as in 14:30."))
        ],
    )
    remind = models.CharField(_("reminder"), max_length=12, blank=True, choices=Remind, default="", db_default="")
    remind_on = models.DateTimeField(_("reminder at a moment of your own"), null=True, blank=True)
    remind_at = models.DateTimeField(null=True, editable=False)
    repeats = models.CharField(_("repeats"), max_length=12, blank=True, choices=Repeats, default="", db_default="")
    repeat_of = TenantForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="repeated", db_index=False
    )
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
            models.Index(
                fields=["tenant", "remind_at"],
                name="task_to_recall",
                condition=models.Q(remind_at__isnull=False, done_at=None),
            ),
            models.Index(
                fields=["tenant", "repeat_of"], name="task_repeated", condition=models.Q(repeat_of__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title
