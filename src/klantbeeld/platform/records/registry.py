"""The record types of this installation: a closed registry that refuses duplicates; and those of the organisation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor

if TYPE_CHECKING:
    from klantbeeld.platform.records.record_type import RecordType


@dataclass
class Registry:
    """Record types by slug, in the order in which their packages are installed.

    `own` gives those that the current organisation made, none outside any. They come last, and never in the place of
    one that came with the product. They are kept for a moment; `look_again` has them read anew, for a slug that isn't
    known: another process may have just made it.
    """

    by_slug: "dict[str, RecordType]" = field(default_factory=dict)
    own: "Callable[[], Mapping[str, RecordType]]" = dict
    look_again: Callable[[], None] = lambda: None

    def add(self, record_type: "RecordType") -> None:
        """Add a declaration. Raises ImproperlyConfigured when its slug is taken."""
        if record_type.slug in self.by_slug:
            raise ImproperlyConfigured(f"Two record types are called {record_type.slug!r}.")
        self.by_slug[record_type.slug] = record_type

    def find(self, slug: str) -> "RecordType | None":
        """The record type of that slug, None when there is none."""
        found = self.by_slug.get(slug) or self.own().get(slug)
        if found is None and slug:
            self.look_again()
            found = self.own().get(slug)
        return found

    def get(self, slug: str) -> "RecordType":
        """The record type of that slug. Raises KeyError."""
        found = self.find(slug)
        if found is None:
            raise KeyError(slug)
        return found

    def __iter__(self) -> "Iterator[RecordType]":
        yield from self.by_slug.values()
        yield from (each for slug, each in self.own().items() if slug not in self.by_slug)

    def readable_by(self, actor: Actor) -> "Iterable[RecordType]":
        """The types of which `actor` may read at least some rows."""
        return [each for each in self if gates.may(actor, "read", each)]


registry = Registry()


def register(declared: "type[RecordType]") -> "type[RecordType]":
    """Class decorator that adds a declaration to the registry."""
    registry.add(declared())
    return declared
