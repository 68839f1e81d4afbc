"""The state of a list in its address: which view, condition, order and place; and addresses to other states."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, Clause, Condition, Field, Group, Kind
from klantbeeld.platform.kernel.errors import Text
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry


@dataclass(frozen=True)
class ListState:
    """What the address of a list says. `where` is the JSON of a condition, "" when the view's own holds."""

    view: str = ""
    where: str = ""
    sort: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "ListState":
        """Read from the query of an address; unknown parameters are ignored."""
        return cls(*(query.get(name, "")[:8000] for name in ("view", "where", "sort", "cursor")))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is said, without the place where a page starts: for a form that goes to the same list."""
        return [(name, value) for name, value in vars(self).items() if value and name != "cursor"]

    def url(self, base: str, **changes: str) -> str:
        """The address of this list with some of its state changed. A change of anything but the place starts anew."""
        changed = replace(self, **({"cursor": ""} | changes))
        pairs = {name: value for name, value in vars(changed).items() if value}
        return f"{base}?{urlencode(pairs)}" if pairs else base


def condition_of(record_type: RecordType, state: ListState) -> Condition | None:
    """The condition that a list's state asks for. Raises BadCondition when it isn't one."""
    if state.where:
        try:
            data = json.loads(state.where)
        except (ValueError, RecursionError):
            raise BadCondition("", _("This filter can't be read.")) from None
        return conditions.parse(data)
    view = next((each for each in record_type.views if each.slug == state.view), None)
    return conditions.parse(view.condition) if view else None


def clauses_of(actor: Actor, record_type: RecordType, condition: Condition | None) -> list[Clause]:
    """The condition as chips in the actor's language."""
    if condition is None:
        return []
    return conditions.clauses(
        condition,
        record_type.field_set(actor),
        actor.language,
        lambda field, key: name_of(actor, field, key),
        ZoneInfo(actor.timezone),
        actor.tenant.currency,
    )


def name_of(actor: Actor, field: Field, key: str | UUID) -> str | None:
    """The name of a colleague or a linked record, None when there is none or the actor may not see it."""
    if field.kind is Kind.USER:
        return Member.objects.filter(id=key).values_list("name", flat=True).first()
    target = registry.find(field.target or "")
    if target is None or target.title not in target.readable(actor):
        return None
    found: Text | None = target.rows(actor).filter(id=key).values_list(target.title, flat=True).first()
    return None if found is None else str(found)


def place_of(condition: Condition | None, pointer: str) -> int | None:
    """The number of the part of a group at `pointer` (a JSON Pointer into the condition); None when there is none."""
    if not isinstance(condition, Group):
        return None
    return next((place for place in range(len(condition.parts)) if pointer == f"/{condition.join}/{place}"), None)


def without(condition: Condition, pointer: str) -> dict[str, Any] | None:
    """The JSON of a condition without the part at `pointer` (a JSON Pointer into it); None when nothing is left."""
    place = place_of(condition, pointer)
    if place is None:
        return None
    data: dict[str, Any] = conditions.dump(condition)
    ((join, parts),) = data.items()
    left = [part for number, part in enumerate(parts) if number != place]
    return {join: left} if left else None


def with_part(condition: Condition | None, part: dict[str, Any], pointer: str = "") -> dict[str, Any]:
    """The JSON of a condition with a part added by "and", or put in the place of the one at `pointer`."""
    if condition is None:
        return {"all": [part]}
    data: dict[str, Any] = conditions.dump(condition)
    place = place_of(condition, pointer)
    if place is not None:
        ((join, parts),) = data.items()
        return {join: [part if number == place else kept for number, kept in enumerate(parts)]}
    return {"all": [*data["all"], part]} if "all" in data else {"all": [data, part]}
