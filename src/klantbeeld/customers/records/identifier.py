"""The record type of identifiers."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.actions.save_identifier import IdentifierWriter
from klantbeeld.customers.models import Identifier
from klantbeeld.platform.records.record_type import RecordType, Section
from klantbeeld.platform.records.registry import register


@register
class IdentifierType(RecordType):
    slug = "identifiers"
    model = Identifier
    label = _("identifier")
    label_plural = _("identifiers")
    icon = "id"
    owner = "customer__owner"
    title = "shown"
    fields = ("customer", "kind", "shown", "value", "source", "created_at")
    changes = {"customer": {"target": "customers"}, "value": {"editable": False}}
    columns = ("shown", "kind", "customer", "source")
    sortable = {"created_at": "created_at"}
    sections = (Section(_("Identifier"), ("customer", "kind", "shown", "source")),)
    personal = frozenset({"shown", "value"})
    writer = IdentifierWriter
