"""Everything by which a customer can be recognised."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.enums import IdentifierKind
from klantbeeld.customers.models.customer import Customer
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Identifier(Recorded):
    """One e-mail address, phone number, VAT number and so on of a customer.

    `value` is normalised and compared; `shown` is as it was given. Several customers may share one (a mailbox of a
    firm, a family's phone).
    """

    customer = TenantForeignKey(
        Customer, on_delete=models.CASCADE, related_name="identifiers", verbose_name=_("customer"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=IdentifierKind)
    value = models.CharField(_("value"), max_length=254, blank=True)
    shown = models.CharField(_("as given"), max_length=254)
    source = models.CharField(_("source"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        indexes = [
            models.Index(fields=["tenant", "kind", "value"], name="identifier_lookup"),
            models.Index(fields=["tenant", "created_at", "id"], name="identifier_by_created"),
        ]
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "customer",
                "kind",
                "value",
                name="identifier_once",
                violation_error_message=_("This customer has this identifier already."),
            )
        ]

    def __str__(self) -> str:
        return self.shown
