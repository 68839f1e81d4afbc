"""Which records were picked: some of them, or all that meet a condition."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import Condition
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.bulk import Among
from klantbeeld.platform.records.record_type import RecordType

if TYPE_CHECKING:
    from django.http import QueryDict

MOST_IDS = 1000
"""How many records may be picked one by one; more than that are picked by a condition."""


@dataclass(frozen=True)
class Selection:
    """Picked records: those with `ids`, or without ids all that meet `condition` (its JSON; None: all) at `picked_at`.

    What is made after that moment isn't among them.
    """

    ids: tuple[UUID, ...] | None
    condition: Mapping[str, Any] | None
    picked_at: datetime

    @classmethod
    def picked(cls, ids: Sequence[UUID]) -> "Selection":
        """These records, now."""
        return cls(tuple(ids), None, clock.now())

    @classmethod
    def posted(cls, data: "QueryDict") -> "Selection":
        """What the boxes of a list say: `ids`, or with `every` all that meet `where` (JSON). Raises Invalid."""
        if data.get("every"):
            return cls(None, _condition(data.get("where", "")), clock.now())
        ids = _ids(data.getlist("ids"))
        if not ids:
            raise Invalid(_("Nothing is picked. Go back to the list and pick the records."))
        return cls.picked(ids)

    def rows(self, actor: Actor, record_type: RecordType, action: str = "read") -> "QuerySet[Any]":
        """Those of them on which `actor` may do `action`. Raises BadCondition, as a list does."""
        if self.ids is not None:
            return record_type.rows(actor, action).filter(Among("pk", self.ids, "uuid"))
        rows = reading.matching(actor, record_type, self.parsed(), action, self.picked_at)
        if any(each.name == "created_at" for each in record_type.model._meta.concrete_fields):
            rows = rows.filter(created_at__lte=self.picked_at)
        return rows

    def parsed(self) -> Condition | None:
        """The condition. Raises BadCondition."""
        return conditions.parse(self.condition) if self.condition else None


def _condition(text: str) -> Any:
    if not text:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid(_("This filter can't be read.")) from None
    conditions.parse(data)
    return data


def _ids(texts: Sequence[str]) -> list[UUID]:
    if len(texts) > MOST_IDS:
        raise Invalid(_("Pick at most %(limit)d records one by one, or all that match.") % {"limit": MOST_IDS})
    try:
        return list(dict.fromkeys(UUID(text) for text in texts))
    except ValueError:
        raise Invalid(_("This is no list of records. Go back to the list and pick them again.")) from None
