"""The state of a list in its address: which view, condition, order and place; and addresses to other states."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, Clause, Condition, Field, Group, Kind
from klantbeeld.platform.kernel.errors import Text
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.saved_views import columns
from klantbeeld.platform.records.saved_views.columns import Column
from klantbeeld.platform.records.saved_views.models import SavedView
from klantbeeld.platform.records.saved_views.queries import find_view, id_of, personal_columns

LAYOUTS = ("board", "calendar", "map")


@dataclass(frozen=True)
class ListState:
    """What the address of a list says.

    `view` is the slug of a declared view or the id of a saved one, which `saved` holds when it was found. `where` is
    the JSON of a condition, "" when the view's own holds; `sort`, `cols` and `group` likewise.

    `layout` is "" for the plain list, or "board", "calendar" or "map"; it is the last part of the address, not of its
    query. What only a layout knows: `by` is the field of its lanes or days, `total` what lanes add up, `until` the
    field that ends what `by` begins, `span` and `on` the part of the calendar or the map.
    """

    view: str = ""
    where: str = ""
    sort: str = ""
    cursor: str = ""
    cols: str = ""
    group: str = ""
    by: str = ""
    total: str = ""
    until: str = ""
    span: str = ""
    on: str = ""
    layout: str = ""
    saved: SavedView | None = None

    @classmethod
    def of(cls, query: Mapping[str, str], layout: str = "") -> "ListState":
        """Read from the query of an address; unknown parameters are ignored. A saved view isn't looked up."""
        said: dict[str, Any] = {name: query.get(name, "")[:8000] for name in _IN_QUERY}
        wanted = layout or query.get("layout", "")
        return cls(**said, layout=wanted if wanted in LAYOUTS else "")

    def url(self, base: str, **changes: str) -> str:
        """The address of this list with some of its state changed. A change of anything but the place starts anew.

        A filter of one's own leaves a declared view and stays within a saved one, which it may be saved to.
        """
        if self.saved and changes.get("where") and changes.get("view") == "":
            del changes["view"]
        changed = {name: getattr(self, name) for name in _IN_QUERY} | {"cursor": ""} | changes
        pairs = {name: value for name, value in changed.items() if value}
        return f"{base}?{urlencode(pairs)}" if pairs else base

    def filter_url(self, slug: str, **more: str) -> str:
        """The address of the editor of this list's filter, which leads back to the same layout."""
        pairs = dict(self.carried) | more
        base = reverse("records:filter", args=[slug])
        return f"{base}?{urlencode(pairs)}" if pairs else base

    @property
    def carried(self) -> list[tuple[str, str]]:
        """All that a form has to carry along so that the same list is shown after it."""
        values = {name: getattr(self, name) for name in (*_IN_QUERY, "layout")}
        return [(name, value) for name, value in values.items() if value and name != "cursor"]

    def in_layout(self, layout: str) -> "ListState":
        """The same records laid out in another way."""
        return replace(self, cursor="", by="", total="", until="", span="", on="", layout=layout)

    def without(self, pointer: str, condition: Condition, base: str) -> str:
        """The address of this list without the clause at `pointer`."""
        rest = without(condition, pointer) or (conditions.dump(conditions.EVERYTHING) if self.saved else None)
        return self.url(base, view="", where=json.dumps(rest) if rest else "")

    @property
    def order(self) -> str:
        """How the list is sorted: as the address says, else as its saved view does, else "" for the type's own way."""
        return self.sort or (self.saved.sort if self.saved else "")

    @property
    def grouping(self) -> str:
        """The field by which the rows are grouped; "" for none. An address undoes a view's grouping by "-"."""
        wanted = self.group or (self.saved.group if self.saved else "")
        return "" if wanted == "-" else wanted

    @property
    def differs(self) -> bool:
        """Whether the address asks for anything else than its view says."""
        return bool(self.where or self.sort or self.cols or self.group)


_IN_QUERY = ("view", "where", "sort", "cursor", "cols", "group", "by", "total", "until", "span", "on")


def state_of(actor: Actor, record_type: RecordType, query: Mapping[str, str], layout: str = "") -> ListState:
    """The state in the query of an address, with its saved view when that is one which this actor sees."""
    state = ListState.of(query, layout)
    return replace(state, saved=find_view(actor, record_type.slug, state.view))


def columns_of_state(actor: Actor, record_type: RecordType, state: ListState) -> tuple[Column, ...]:
    """The columns that were chosen: in the address, in the saved view, or by this actor; none for the type's own.

    Raises Invalid for an address that names no columns.
    """
    if state.cols:
        return columns.read(state.cols)
    if state.saved:
        return columns.loaded(state.saved.columns)
    return personal_columns(actor, record_type.slug, state.view)


def condition_of(record_type: RecordType, state: ListState) -> Condition | None:
    """The condition that a list's state asks for. Raises BadCondition when it isn't one, or its view isn't there."""
    if state.saved is None and id_of(state.view):
        raise BadCondition("/view", _("This view isn't there any more, or isn't shared with you."))
    if state.where:
        try:
            data = json.loads(state.where)
        except (ValueError, RecursionError):
            raise BadCondition("", _("This filter can't be read.")) from None
        parsed = conditions.parse(data)
        return None if parsed == conditions.EVERYTHING else parsed
    if state.saved:
        return None if state.saved.condition is None else conditions.parse(state.saved.condition)
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
