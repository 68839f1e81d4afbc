"""What is sold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.commerce.rules import check_currency
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.customfields.public import WithCustomFields


class Product(Recorded, WithCustomFields):
    """A thing or service with a number of its own and, usually, a price."""

    sku = models.CharField(_("product number"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[check_currency])
    active = models.BooleanField(_("on sale"), default=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        indexes = [
            models.Index(fields=["tenant", "name", "id"], name="product_by_name"),
            models.Index(fields=["tenant", "created_at", "id"], name="product_by_created"),
        ]
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "sku",
                name="product_sku_once",
                violation_error_message=_("There is a product with this number already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
