"""Colleagues and linked records by name, for the sentences of conditions: only those that the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Field, Kind, Speech
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.filtering import name_of
from klantbeeld.platform.records.registry import registry

_MOST = 8


@dataclass(frozen=True)
class NamesFor:
    """The names that this actor may know. What was looked up together is kept for the questions that follow."""

    actor: Actor
    _names: dict[UUID, str] = field(default_factory=dict)
    _called: "dict[tuple[str, str], list[tuple[UUID, str]]]" = field(default_factory=dict)

    def name(self, field: Field, key: UUID) -> str | None:
        """The name of one, None if there is none or the actor may not see it."""
        return self._names[key] if key in self._names else name_of(self.actor, field, key)

    def called(self, field: Field, name: str) -> Sequence[tuple[UUID, str]]:
        """Those of exactly this name, capitals aside; a few of many."""
        kept = self._called.get((field.name, name))
        return self._found(field, "iexact", [name], _MOST) if kept is None else kept

    def like(self, field: Field, text: str) -> Sequence[tuple[UUID, str]]:
        """A few with this text in their name; colleagues only while they work here."""
        if field.kind is Kind.LINK and not text:
            return ()
        hits = self._found(field, "icontains", [text], _MOST, working=True)
        same = self._found(field, "iexact", [name for _key, name in hits], _MOST**2)
        for key, name in hits:
            self._names[key] = name
            self._called[field.name, name] = [each for each in same if each[1].upper() == name.upper()]
        return hits

    def _found(
        self, field: Field, how: str, texts: list[str], most: int, working: bool = False
    ) -> list[tuple[UUID, str]]:
        source = self._source(field)
        if source is None or not texts or not all(map(_is_storable, texts)):
            return []
        rows, title = source
        if working and field.kind is Kind.USER:
            rows = rows.filter(active=True)
        asked = Q(*((f"{title}__{how}", text) for text in texts), _connector=Q.OR)
        return [(key, str(name)) for key, name in rows.filter(asked).values_list("id", title)[:most]]

    def _source(self, field: Field) -> "tuple[QuerySet[Any], str] | None":
        if field.kind is Kind.USER:
            return Member.objects.order_by("name"), "name"
        target = registry.find(field.target or "")
        if target is None or target.title not in target.readable(self.actor):
            return None
        return target.rows(self.actor).order_by(), target.title


def _is_storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def speech_of(actor: Actor) -> Speech:
    """How this actor writes and reads sentences."""
    return Speech(actor.language, ZoneInfo(actor.timezone), actor.tenant.currency, NamesFor(actor))
