"""The record type of identifiers."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.actions.save_customer import IDENTIFYING
from klantbeeld.customers.actions.save_identifier import IdentifierWriter
from klantbeeld.customers.models import Identifier
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.record_type import RecordType, Section
from klantbeeld.platform.records.registry import register, registry

if TYPE_CHECKING:
    from django.db.models import QuerySet


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

    def rows(self, actor: Actor, action: str = "read") -> "QuerySet[Any]":
        """The rows that may be reached, without the kinds that are hidden from this actor on the customer itself."""
        customers = registry.get("customers")
        hidden = [kind for name, kind in IDENTIFYING.items() if not gates.readable(actor, customers, name)]
        found = super().rows(actor, action)
        return found.exclude(kind__in=hidden) if hidden else found
