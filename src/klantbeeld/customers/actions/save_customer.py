"""Creating and changing a customer."""

from collections.abc import Iterable

from django.db import connection

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

# Every write of a customer pays for it, and putting it together for each would take Django longer than PostgreSQL takes
# to do it. What was known before stays known.
_REMEMBER = f"""
INSERT INTO {Identifier._meta.db_table}
       (tenant_id, customer_id, id, kind, value, shown, source, created_at, updated_at)
SELECT %s, %s, known.*, now(), now()
  FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[]) AS known (id, kind, value, shown, source)
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants of this module only


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
        if known:
            _remember(instance, known)


def _remember(customer: Customer, known: Iterable[Identifier]) -> None:
    columns = zip(*((str(each.id), each.kind, each.value, each.shown, each.source) for each in known), strict=True)
    with connection.prepared() as cursor:  # type: ignore[attr-defined]
        cursor.execute(_REMEMBER, [customer.tenant_id, customer.pk, *map(list, columns)])


def recognised_by(customer: Customer, kind: IdentifierKind, given: str, country: str, source: str = "") -> Identifier:
    """The identifier, not yet saved, that says that the customer goes by this."""
    found = normalise(kind, given, country)
    return Identifier(customer=customer, kind=kind, value=found.value, shown=found.shown, source=source)
