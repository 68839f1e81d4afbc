"""The closed lists of commerce."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrderKind(TextChoices):
    """Whether something was bought or taken back."""

    ORDER = "order", _("Order")
    CREDIT_NOTE = "credit_note", _("Credit note")


class OrderStatus(TextChoices):
    """How far an order is."""

    OPEN = "open", _("Open")
    SHIPPED = "shipped", _("Shipped")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
