"""The closed lists of the ledger."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How we met. The value is also the tone of its mark on the screen."""

    MAIL = "mail", _("Mail")
    CALL = "call", _("Phone")
    MEETING = "meeting", _("Meeting")
    CHAT = "chat", _("Chat")
    POST = "post", _("Social media")
    VISIT = "visit", _("Visit")
    TICKET = "ticket", _("Ticket")
    ORDER = "order", _("Order")
    NOTE = "note", _("Note")
    TASK = "task", _("Task")


class Direction(TextChoices):
    """Who began."""

    IN = "in", _("from the customer")
    OUT = "out", _("from us")
    INTERNAL = "internal", _("internal")


# What we write down ourselves is no contact with the customer.
INTERNAL_CHANNELS = frozenset({Channel.NOTE, Channel.TASK})
