"""Writing the ledger and tasks by the thousand."""

from collections.abc import Sequence
from typing import Any

from klantbeeld.customers.public import note_contacts, renew_contacts
from klantbeeld.interactions.actions.save_task import tell_done
from klantbeeld.interactions.enums import INTERNAL_CHANNELS
from klantbeeld.interactions.models import Interaction, Task
from klantbeeld.interactions.queries import latest_contacts
from klantbeeld.platform.records.bulk import Among, BulkWriter, Written


class InteractionBulk(BulkWriter):
    """Says from which row of which import an entry comes, so that it can be neither written twice nor lost sight of."""

    stamps = ("source", "source_id")

    def stamp(self, record: Any, number: int) -> None:
        record.source, record.source_id = "import", f"{self.run}:{number}"

    def owned(self) -> dict[str, Any]:
        return {"member_id": self.actor.member_id}

    def follow_up(self, written: Written) -> None:
        entries = Interaction.objects.filter(Among("pk", written.created, "uuid"))
        met = entries.exclude(channel__in=INTERNAL_CHANNELS)
        note_contacts(met.values_list("customer_id", "at", "channel"))

    def removed(self, instances: Sequence[Any]) -> None:
        renew_contacts({entry.customer_id for entry in instances}, latest_contacts)


class TaskBulk(BulkWriter):
    """Tasks that are done stand on their customer's timeline."""

    alone = frozenset({"title", "owner", "due_on", "note"})

    def follow_up(self, written: Written) -> None:
        done = Task.objects.filter(Among("pk", written.created, "uuid"), done_at__isnull=False)
        changed = [one for one in written.changed if "done_at" in written.names[one.pk]]
        tell_done([*done, *changed], self.actor.member_id)
