"""What can be done with picked records: a closed registry, filled at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes.selection import Selection
from klantbeeld.platform.records.record_type import RecordType

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class BulkAction:
    """A button in the bar of picked records.

    `offered` says whether an actor gets it on a record type. `begin` gets the actor, the type, what was picked and the
    address of the list, and answers, mostly with a redirect to a page where the rest is said; it may raise Refused.
    `shortcut` is a key that presses the button while something is picked.
    """

    key: str
    label: "StrOrPromise"
    icon: str
    order: int
    offered: Callable[[Actor, RecordType], bool]
    begin: Callable[[Actor, RecordType, Selection, str], HttpResponse]
    shortcut: str = ""


_actions: dict[str, BulkAction] = {}


def add_action(action: BulkAction) -> None:
    """Add an action. Raises ValueError when the key is taken."""
    if action.key in _actions:
        raise ValueError(f"There is a bulk action {action.key!r} already.")
    _actions[action.key] = action


def actions_for(actor: Actor, record_type: RecordType) -> list[BulkAction]:
    """The actions that this actor gets on this type, in order."""
    found = [each for each in _actions.values() if each.offered(actor, record_type)]
    return sorted(found, key=lambda each: each.order)


def find_action(actor: Actor, record_type: RecordType, key: str) -> BulkAction | None:
    """The action with this key, if this actor gets it on this type."""
    action = _actions.get(key)
    return action if action is not None and action.offered(actor, record_type) else None
