"""The record type of further addresses."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.actions.save_address import AddressWriter
from klantbeeld.customers.models import Address
from klantbeeld.platform.records.record_type import Places, RecordType, Section
from klantbeeld.platform.records.registry import register


@register
class AddressType(RecordType):
    slug = "addresses"
    model = Address
    label = _("address")
    label_plural = _("addresses")
    icon = "map-pin"
    owner = "customer__owner"
    title = "city"
    fields = ("customer", "kind", "street", "house_number", "postcode", "city", "country", "created_at")
    changes = {"customer": {"target": "customers"}}
    columns = ("city", "street", "house_number", "postcode", "kind", "customer")
    sortable = {"created_at": "created_at"}
    sections = (Section(_("Address"), ("customer", "kind", "street", "house_number", "postcode", "city", "country")),)
    places = Places(country="country", postcode="postcode")
    personal = frozenset({"street", "house_number", "postcode"})
    writer = AddressWriter
