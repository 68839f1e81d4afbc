"""What a role can allow besides records: a closed registry of names that refuses duplicates."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The one that several packages ask about; the others are named where they are used.
MANAGE_PEOPLE = "people.manage"

_labels: "dict[str, StrOrPromise]" = {}


def register(name: str, label: "StrOrPromise") -> None:
    """Add an ability under a name that never changes (roles store it). Raises ValueError when the name is taken."""
    if name in _labels:
        raise ValueError(f"There is an ability {name!r} already.")
    _labels[name] = label


def abilities() -> "Mapping[str, StrOrPromise]":
    """What each ability lets one do, by name."""
    return dict(_labels)
