"""The customer: a party, of whom there is one row whatever the channel."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.enums import PartyKind, Stage
from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.customfields.public import WithCustomFields
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Customer(Recorded, WithCustomFields):
    """A person, organisation or household.

    `name` is how we write it, `sort_name` how it is sorted ("velden marieke van der" for Marieke van der Velden).
    E-mail address, phone number and address here are the ones we believe to be right; all that we know of stand in
    `Identifier` and `Address`. What other packages derive (`last_contact_*`, `order_count`, `revenue`) is kept here
    so that lists can sort by it; it has no history of its own.
    """

    unrecorded = ("sort_name", "last_contact_at", "last_contact_channel", "order_count", "revenue", "last_order_at")

    kind = models.CharField(_("kind"), max_length=12, choices=PartyKind, default=PartyKind.PERSON)
    name = models.CharField(_("name"), max_length=200, blank=True)
    sort_name = models.CharField(max_length=200, editable=False)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_prefix = models.CharField(_("prefix"), max_length=30, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    external_id = models.CharField(_("customer number"), max_length=100, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    kvk_number = models.CharField(_("KVK number"), max_length=12, blank=True)
    stage = models.CharField(_("lifecycle stage"), max_length=12, choices=Stage, default=Stage.CUSTOMER)
    language = models.CharField(_("language"), max_length=8, blank=True, choices=settings.LANGUAGES)
    timezone = models.CharField(_("time zone"), max_length=64, blank=True)
    owner = TenantForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
        db_index=False,
    )
    since = models.DateField(_("customer since"), null=True, blank=True)
    last_contact_at = models.DateTimeField(_("last contact"), null=True, editable=False)
    last_contact_channel = models.CharField(_("last channel"), max_length=12, blank=True, editable=False)
    order_count = models.PositiveIntegerField(_("orders"), default=0, editable=False)
    last_order_at = models.DateTimeField(_("last order"), null=True, editable=False)
    revenue = models.DecimalField(_("revenue"), max_digits=16, decimal_places=2, default=0, editable=False)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        indexes = [
            models.Index(fields=["tenant", "sort_name", "id"], name="customer_by_name"),
            models.Index(fields=["tenant", "last_contact_at", "id"], name="customer_by_contact"),
            models.Index(fields=["tenant", "created_at", "id"], name="customer_by_created"),
            models.Index(fields=["tenant", "revenue", "id"], name="customer_by_revenue"),
            models.Index(fields=["tenant", "owner", "last_contact_at", "id"], name="customer_by_owner"),
            # With the owner in it, those of a team are counted without looking at the rows themselves.
            models.Index(
                fields=["tenant", "city", "last_contact_at", "id"], include=["owner"], name="customer_by_city"
            ),
            models.Index(fields=["tenant", "email"], name="customer_by_email"),
            # For the lanes of the board.
            models.Index(fields=["tenant", "stage", "last_contact_at", "id"], name="customer_by_stage"),
            # For "contains" in filters.
            GinIndex(OpClass("name", "gin_trgm_ops"), name="customer_name_parts"),
        ]
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "external_id",
                name="customer_number_once",
                condition=~models.Q(external_id=""),
                violation_error_message=_("There is a customer with this number already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
