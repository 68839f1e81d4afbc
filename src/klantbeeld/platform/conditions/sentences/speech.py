"""How somebody speaks: in which language, on whose clock, in which currency, and whom and what they know by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Protocol
from uuid import UUID

from babel import Locale

from klantbeeld.platform.conditions.fields import Field


class Names(Protocol):
    """The users and records that the speaker may know; each method gets the field that they stand in."""

    def name(self, field: Field, key: UUID) -> str | None:
        """Return the name of one, None if there is none or the speaker may not know it."""

    def called(self, field: Field, name: str) -> Sequence[tuple[UUID, str]]:
        """Return those of exactly this name, capitals aside: a few, if there are many."""

    def like(self, field: Field, text: str) -> Sequence[tuple[UUID, str]]:
        """Return a few whose name has this text in it, to be suggested."""


class Nameless:
    """Nobody is known by name: ids stand for themselves."""

    def name(self, field: Field, key: UUID) -> str | None:
        """Know no name."""
        return None

    def called(self, field: Field, name: str) -> Sequence[tuple[UUID, str]]:
        """Find nobody."""
        return ()

    def like(self, field: Field, text: str) -> Sequence[tuple[UUID, str]]:
        """Suggest nobody."""
        return ()


NAMELESS = Nameless()


@dataclass(frozen=True)
class Speech:
    """How a sentence is written and read: language ("en", "nl"), time zone, currency (ISO 4217) and names."""

    language: str = "en"
    timezone: tzinfo = UTC
    currency: str = "EUR"
    names: Names = NAMELESS

    @property
    def locale(self) -> Locale:
        """What Babel knows of the language."""
        return Locale.parse(self.language.replace("-", "_"))
