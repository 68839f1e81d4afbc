"""What others use of bulk changes: adding an action to the bar of picked records, and changing without a page."""

from typing import Any

from django.db import transaction

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes import starting
from klantbeeld.platform.bulk_changes.actions import BulkAction, add_action
from klantbeeld.platform.bulk_changes.instruction import read
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.bulk_changes.selection import Selection
from klantbeeld.platform.records.record_type import RecordType

__all__ = ["BulkAction", "BulkChange", "Selection", "add_action", "set_field", "undo"]


def set_field(actor: Actor, record_type: RecordType, selection: Selection, name: str, value: Any) -> BulkChange:
    """Queue a bulk change that sets one field of what is selected. Raises Invalid for a value that can't be taken."""
    order = read(actor, record_type, {"field": name, "value": value})
    with transaction.atomic():
        change = BulkChange.objects.create(
            record_type=record_type.slug,
            action="edit",
            ids=None if selection.ids is None else list(selection.ids),
            condition=selection.condition,
            picked_at=selection.picked_at,
            instruction=order.dump(),
            member_id=actor.member_id,
        )
        starting.claim(actor, change, None)
    return change


def undo(actor: Actor, change: BulkChange) -> BulkChange:
    """Queue the undoing of a bulk change, or do it at once when it was small."""
    with transaction.atomic():
        starting.claim_undo(actor, change)
    return starting.begin(change)
