"""How customers relate to each other, and from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.enums import Role
from klantbeeld.customers.models.customer import Customer
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Relationship(Recorded):
    """`customer` stands in `role` to `other`: Marieke works at Zonnehof. One may do so several times, in time."""

    customer = TenantForeignKey(
        Customer, on_delete=models.CASCADE, related_name="relationships", verbose_name=_("customer")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    other = TenantForeignKey(
        Customer, on_delete=models.CASCADE, related_name="related_from", verbose_name=_("other customer")
    )
    function = models.CharField(_("function"), max_length=100, blank=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        indexes = [models.Index(fields=["tenant", "created_at", "id"], name="relationship_by_created")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(customer=F("other")),
                name="relationship_of_two",
                violation_error_message=_("A customer can't be related to itself."),
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="relationship_ends_after_it_begins",
                violation_error_message=_("The end can't be before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.role} {self.other_id}"
