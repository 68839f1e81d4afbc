"""Writing customers by the thousand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from klantbeeld.customers.actions.complete_customer import complete
from klantbeeld.customers.actions.save_customer import IDENTIFYING
from klantbeeld.customers.enums import IdentifierKind
from klantbeeld.customers.models import Identifier
from klantbeeld.customers.rules.identifiers import normalise
from klantbeeld.customers.rules.normalised import Normalised
from klantbeeld.platform.records.bulk import Among, BulkWriter, Written


class CustomerBulk(BulkWriter):
    """Completes names and numbers as the form does, and remembers by what customers can be recognised."""

    side_table = Identifier
    belongings = (Identifier,)
    alone = frozenset({"owner", "stage", "language", "since", "birth_date", "city"})
    side_columns = ("id", "customer", "kind", "value", "shown")

    def complete(self, record: Any, changed: set[str], created: bool) -> None:
        record.found = {}
        complete(record, changed, self.actor.tenant.country, created, record.found)

    def key_of(self, record: Any, key: str) -> str:
        if key == "email":
            found = record.found.get("email")
            return found.value if found else ""
        return super().key_of(record, key)

    def find(self, key: str, values: Collection[str]) -> dict[str, list[UUID]]:
        """A customer goes by every e-mail address that we know of, however it was written."""
        if key != "email":
            return super().find(key, values)
        wanted = [each for each in values if each]
        known = Identifier.objects.filter(Among("value", wanted, "text"), kind=IdentifierKind.EMAIL)
        pairs = list(known.values_list("value", "customer_id"))
        ids = {customer_id for _value, customer_id in pairs}
        seen = set(self.type.rows(self.actor).filter(Among("pk", ids, "uuid")).values_list("pk", flat=True))
        found: dict[str, list[UUID]] = defaultdict(list)
        for value, customer_id in pairs:
            if customer_id in seen:
                found[value].append(customer_id)
        return found

    def finds_by_column(self, key: str) -> bool:
        return key != "email"

    def side_rows(self, record: Any, changed: set[str]) -> Iterable[Sequence[str]]:
        return [
            (self.next_id(), str(record.id), IDENTIFYING[name], found.value, found.shown)
            for name, found in self._identifiers(record, changed)
        ]

    def follow_up(self, written: Written) -> None:
        Identifier.objects.bulk_create(
            (
                Identifier(customer=one, kind=IDENTIFYING[name], value=found.value, shown=found.shown)
                for one in written.changed
                for name, found in self._identifiers(one, written.names[one.pk])
            ),
            ignore_conflicts=True,
        )

    def _identifiers(self, record: Any, changed: set[str]) -> list[tuple[str, Normalised]]:
        made = []
        for name, kind in IDENTIFYING.items():
            given = getattr(record, name)
            if given and name in changed:
                found = record.found.get(name)
                made.append((name, found or normalise(kind, given, self.actor.tenant.country)))
        return made
