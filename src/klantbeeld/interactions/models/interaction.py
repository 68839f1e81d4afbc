"""The ledger: every contact on every channel is one row here, and stays as it was written."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.models import Customer
from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.platform.audit.models import AppendOnly
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Interaction(AppendOnly):
    """One contact with a customer.

    `at` is when it happened (not when it was written down), `seconds` how long it took. `source` and `source_id` name
    the record that it tells of ("orders", the order's id), so that writing it again writes nothing.
    """

    customer = TenantForeignKey(
        Customer, on_delete=models.CASCADE, related_name="interactions", verbose_name=_("customer"), db_index=False
    )
    at = models.DateTimeField(_("when"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.INTERNAL)
    member = TenantForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("colleague"),
        db_index=False,
    )
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)
    seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=50, blank=True, editable=False)
    source_id = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        indexes = [
            models.Index(fields=["tenant", "customer", "at", "id"], name="interaction_of_customer"),
            models.Index(fields=["tenant", "customer", "channel", "at", "id"], name="interaction_by_channel"),
            models.Index(fields=["tenant", "at", "id"], name="interaction_latest"),
            models.Index(fields=["tenant", "member", "at", "id"], name="interaction_of_member"),
            models.Index(
                fields=["tenant", "position", "id"],
                name="interaction_in_order",
                condition=models.Q(position__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "tenant", "source", "source_id", name="interaction_once", condition=~models.Q(source_id="")
            )
        ]

    def __str__(self) -> str:
        return self.summary
