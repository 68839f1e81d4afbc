"""Colleagues and linked records by name, for the sentences of conditions: only those that the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Field, Kind, Speech
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.filtering import name_of
from klantbeeld.platform.records.registry import registry

_MOST = 8


@dataclass(frozen=True)
class NamesFor:
    """The names that this actor may know."""

    actor: Actor

    def name(self, field: Field, key: UUID) -> str | None:
        """The name of one, None if there is none or the actor may not see it."""
        return name_of(self.actor, field, key)

    def called(self, field: Field, name: str) -> Sequence[tuple[UUID, str]]:
        """Those of exactly this name, capitals aside; a few of many."""
        return self._found(field, "iexact", name)

    def like(self, field: Field, text: str) -> Sequence[tuple[UUID, str]]:
        """A few with this text in their name; colleagues only while they work here."""
        if field.kind is Kind.LINK and not text:
            return ()
        return self._found(field, "icontains", text)

    def _found(self, field: Field, how: str, text: str) -> Sequence[tuple[UUID, str]]:
        source = self._source(field)
        if source is None or "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            return ()
        rows, title = source
        if field.kind is Kind.USER and how == "icontains":
            rows = rows.filter(active=True)
        hits = rows.filter(**{f"{title}__{how}": text}).values_list("id", title)[:_MOST]
        return [(key, str(name)) for key, name in hits]

    def _source(self, field: Field) -> "tuple[QuerySet[Any], str] | None":
        if field.kind is Kind.USER:
            return Member.objects.order_by("name"), "name"
        target = registry.find(field.target or "")
        if target is None or target.title not in target.readable(self.actor):
            return None
        return target.rows(self.actor).order_by(), target.title


def speech_of(actor: Actor) -> Speech:
    """How this actor writes and reads sentences."""
    return Speech(actor.language, ZoneInfo(actor.timezone), actor.tenant.currency, NamesFor(actor))
