"""Creating and changing a customer."""

from typing import Any

from klantbeeld.customers.actions.complete_customer import complete
from klantbeeld.customers.enums import IdentifierKind
from klantbeeld.customers.models import Customer, Identifier
from klantbeeld.customers.rules.identifiers import normalise
from klantbeeld.platform.records.writing import Writer

IDENTIFYING = {
    "email": IdentifierKind.EMAIL,
    "phone": IdentifierKind.PHONE,
    "vat_number": IdentifierKind.VAT,
    "kvk_number": IdentifierKind.KVK,
    "external_id": IdentifierKind.EXTERNAL,
}


class CustomerWriter(Writer):
    """Completes names and numbers, and remembers by what the customer can be recognised."""

    completes = ("kind", "name", "sort_name", "given_name", "family_prefix", "family_name")

    def complete(self, record: Customer, changed: set[str], created: bool) -> None:
        complete(record, changed, self.actor.tenant.country, created)

    def after_save(self, instance: Customer, changed: set[str], created: bool) -> None:
        for name in changed & IDENTIFYING.keys():
            given = getattr(instance, name)
            if given:
                remember(instance, IDENTIFYING[name], given, self.actor.tenant.country)


def remember(customer: Customer, kind: IdentifierKind, given: str, country: str, source: str = "") -> Identifier:
    """Note that the customer goes by this identifier; what was known before stays known."""
    found = normalise(kind, given, country)
    defaults: dict[str, Any] = {"shown": found.shown, "source": source}
    identifier, _created = Identifier.objects.get_or_create(
        customer=customer, kind=kind, value=found.value, defaults=defaults
    )
    return identifier
