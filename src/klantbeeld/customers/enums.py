"""The closed lists of customers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartyKind(TextChoices):
    """What a customer is."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    HOUSEHOLD = "household", _("Household")


class Stage(TextChoices):
    """Where a customer is in the relation with us."""

    LEAD = "lead", _("Lead")
    PROSPECT = "prospect", _("Prospect")
    CUSTOMER = "customer", _("Customer")
    FORMER = "former", _("Former customer")


class IdentifierKind(TextChoices):
    """By what a customer can be recognised."""

    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Phone number")
    VAT = "vat", _("VAT number")
    KVK = "kvk", _("KVK number")
    IBAN = "iban", _("IBAN")
    EXTERNAL = "external", _("Number elsewhere")
    HANDLE = "handle", _("Social handle")
    LOYALTY = "loyalty", _("Loyalty card")
    COOKIE = "cookie", _("Browser")


class AddressKind(TextChoices):
    """What an address is for."""

    MAIN = "main", _("Main address")
    BILLING = "billing", _("Billing address")
    DELIVERY = "delivery", _("Delivery address")
    FORMER = "former", _("Former address")


class Role(TextChoices):
    """How one customer relates to another, read from the first to the second."""

    WORKS_AT = "works_at", _("works at")
    CONTACT_OF = "contact_of", _("is contact of")
    OWNS = "owns", _("owns")
    MEMBER_OF = "member_of", _("is member of")
    LIVES_WITH = "lives_with", _("lives with")
    PARENT_OF = "parent_of", _("is parent of")
    PART_OF = "part_of", _("is part of")
    BROUGHT_IN = "brought_in", _("brought in")


# The same, read from the second to the first.
SEEN_FROM_OTHER = {
    Role.WORKS_AT: _("employs"),
    Role.CONTACT_OF: _("has as contact"),
    Role.OWNS: _("is owned by"),
    Role.MEMBER_OF: _("has as member"),
    Role.LIVES_WITH: _("lives with"),
    Role.PARENT_OF: _("is child of"),
    Role.PART_OF: _("consists of"),
    Role.BROUGHT_IN: _("was brought in by"),
}
