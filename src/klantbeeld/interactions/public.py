"""What other packages may use of the ledger."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from klantbeeld.customers.public import note_contacts, renew_contacts
from klantbeeld.interactions.actions.finish_task import finish_task
from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.interactions.models import Interaction
from klantbeeld.interactions.queries import latest_contacts
from klantbeeld.interactions.sources import Thing, register_source
from klantbeeld.platform.kernel.ids import uuid7_texts
from klantbeeld.platform.records.bulk import Among
from klantbeeld.platform.records.bulk.staging import add

__all__ = [
    "Channel",
    "Direction",
    "Entry",
    "Interaction",
    "Thing",
    "finish_task",
    "record",
    "register_source",
    "withdraw",
]

_MANY = 100
"""Entries from which COPY is faster than a statement with a parameter for each value."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact to be written down. `source` and `source_id` name the record that it tells of."""

    customer_id: UUID
    at: datetime
    channel: Channel
    direction: Direction
    summary: str
    source: str
    source_id: str
    body: str = ""
    member_id: UUID | None = None
    seconds: int | None = None


def record(entries: Iterable[Entry]) -> None:
    """Write contacts into the ledger, in the current transaction; one that stands there already is left alone."""
    made = list(entries)
    if len(made) < _MANY:
        rows = [Interaction(**{name: getattr(entry, name) for name in Entry.__slots__}) for entry in made]
        Interaction.objects.bulk_create(rows, ignore_conflicts=True)
    else:
        values = attrgetter(*Entry.__slots__)
        ids = uuid7_texts(len(made))
        add(
            Interaction,
            ["id", *Entry.__slots__],
            ((each, *values(entry)) for each, entry in zip(ids, made, strict=True)),
        )
    note_contacts((entry.customer_id, entry.at, entry.channel) for entry in made)


def withdraw(source: str, source_ids: Collection[str]) -> None:
    """Take entries out of the ledger together with the records that they tell of, or before those are told of anew.

    In the current transaction; the customers' last contact is then the latest that is left.
    """
    if not source_ids:
        return
    entries = Interaction.objects.filter(Among("source_id", source_ids, "text"), source=source)
    customers = set(entries.values_list("customer_id", flat=True))
    entries.delete()
    renew_contacts(customers, latest_contacts)
