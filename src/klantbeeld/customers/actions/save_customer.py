"""Creating and changing a customer."""

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

    completes = ("kind", "name", "sort_name", "given_name", "family_prefix", "family_name", "house_number")

    def complete(self, record: Customer, changed: set[str], created: bool) -> None:
        complete(record, changed, self.actor.tenant.country, created)

    def after_save(self, instance: Customer, changed: set[str], created: bool) -> None:
        country = self.actor.tenant.country
        known = [
            recognised_by(instance, kind, given, country)
            for name, kind in IDENTIFYING.items()
            if name in changed and (given := getattr(instance, name))
        ]
        # What was known before stays known.
        Identifier.objects.bulk_create(known, ignore_conflicts=True)


def recognised_by(customer: Customer, kind: IdentifierKind, given: str, country: str, source: str = "") -> Identifier:
    """The identifier, not yet saved, that says that the customer goes by this."""
    found = normalise(kind, given, country)
    return Identifier(customer=customer, kind=kind, value=found.value, shown=found.shown, source=source)
