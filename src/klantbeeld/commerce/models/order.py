"""What was bought, and what was taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.commerce.enums import OrderKind, OrderStatus
from klantbeeld.commerce.models.product import Product
from klantbeeld.commerce.rules import check_currency
from klantbeeld.customers.models import Customer
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.customfields.public import WithCustomFields
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Order(Recorded, WithCustomFields):
    """An order or a credit note. `total` is the sum of its lines, negative for what was taken back.

    An order may have no customer: a till doesn't always know who buys.
    """

    unrecorded = ("total", "line_count")

    number = models.CharField(_("number"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=OrderKind, default=OrderKind.ORDER)
    status = models.CharField(_("status"), max_length=10, choices=OrderStatus, default=OrderStatus.OPEN)
    customer = TenantForeignKey(
        Customer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
        verbose_name=_("customer"),
        db_index=False,
    )
    placed_at = models.DateTimeField(_("placed"))
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[check_currency])
    country = models.CharField(_("country"), max_length=60, blank=True)
    total = models.DecimalField(_("total"), max_digits=16, decimal_places=4, default=0, editable=False)
    line_count = models.PositiveIntegerField(_("lines"), default=0, editable=False)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["tenant", "customer", "placed_at", "id"], name="order_of_customer"),
            models.Index(fields=["tenant", "placed_at", "id"], name="order_by_placed"),
            models.Index(
                fields=["tenant", "placed_at", "id"],
                name="order_credit_notes",
                condition=models.Q(kind=OrderKind.CREDIT_NOTE),
            ),
            models.Index(fields=["tenant", "total", "id"], name="order_by_total"),
            # For the lanes of the board.
            models.Index(fields=["tenant", "status", "placed_at", "id"], name="order_by_status"),
            models.Index(fields=["tenant", "created_at", "id"], name="order_by_created"),
        ]
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "number",
                name="order_number_once",
                violation_error_message=_("There is an order with this number already."),
            )
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(Recorded):
    """One product in an order. `amount` is quantity times price, exactly: prices may have parts of a cent."""

    unrecorded = ("amount",)

    order = TenantForeignKey(
        Order, on_delete=models.CASCADE, related_name="lines", verbose_name=_("order"), db_index=False
    )
    external_id = models.CharField(_("line number"), max_length=80, blank=True)
    product = TenantForeignKey(
        Product, null=True, blank=True, on_delete=models.PROTECT, related_name="lines", verbose_name=_("product")
    )
    description = models.CharField(_("description"), max_length=200, blank=True)
    quantity = models.IntegerField(_("quantity"), default=1)
    unit_price = models.DecimalField(_("price each"), max_digits=14, decimal_places=4)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=4, default=0, editable=False)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        indexes = [
            models.Index(fields=["tenant", "order", "id"], name="line_of_order"),
            models.Index(fields=["tenant", "created_at", "id"], name="line_by_created"),
        ]
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "external_id",
                name="order_line_once",
                condition=~models.Q(external_id=""),
                violation_error_message=_("There is an order line with this number already."),
            )
        ]

    def __str__(self) -> str:
        return self.description
