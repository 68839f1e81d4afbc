"""The record type of relationships between customers."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.models import Relationship
from klantbeeld.platform.records.record_type import RecordType, Section
from klantbeeld.platform.records.registry import register


@register
class RelationshipType(RecordType):
    slug = "relationships"
    model = Relationship
    label = _("relationship")
    label_plural = _("relationships")
    icon = "sitemap"
    owner = "customer__owner"
    title = "role"
    fields = ("customer", "role", "other", "function", "begins_on", "ends_on", "created_at")
    changes = {"customer": {"target": "customers"}, "other": {"target": "customers"}}
    columns = ("customer", "role", "other", "function", "begins_on", "ends_on")
    sortable = {"created_at": "created_at"}
    sections = (Section(_("Relationship"), ("customer", "role", "other", "function", "begins_on", "ends_on")),)
    personal = frozenset({"customer", "role", "other", "function"})
