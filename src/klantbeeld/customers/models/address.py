"""Where a customer can be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.enums import AddressKind
from klantbeeld.customers.models.customer import Customer
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Address(Recorded):
    """One further address of a customer; the one we believe in stands on the customer."""

    customer = TenantForeignKey(
        Customer, on_delete=models.CASCADE, related_name="addresses", verbose_name=_("customer")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AddressKind, default=AddressKind.BILLING)
    street = models.CharField(_("street"), max_length=120, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        indexes = [models.Index(fields=["tenant", "created_at", "id"], name="address_by_created")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.street, self.house_number, self.postcode, self.city) if part)
