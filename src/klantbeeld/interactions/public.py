"""What other packages may use of the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klantbeeld.customers.public import note_contact
from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.interactions.models import Interaction
from klantbeeld.interactions.sources import Thing, register_source

__all__ = ["Channel", "Direction", "Entry", "Interaction", "Thing", "record", "register_source"]


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
    made = [Interaction(**{name: getattr(entry, name) for name in Entry.__slots__}) for entry in entries]
    Interaction.objects.bulk_create(made, ignore_conflicts=True)
    for interaction in made:
        note_contact(interaction.customer_id, interaction.at, interaction.channel)
