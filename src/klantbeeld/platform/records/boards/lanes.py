"""The lanes of a board: the values of one field, and which records stand in each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Condition, Group, Join, Kind, Test
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType

KINDS = (Kind.CHOICE, Kind.BOOLEAN, Kind.USER)
# More lanes than anybody looks along, and each costs a query.
MOST = 40
NOBODY = ""


@dataclass(frozen=True)
class Lane:
    """One value of the field. `key` is the value as it stands in addresses and forms, "" for no value.

    `takes` says whether a record can be put here.
    """

    key: str
    label: str
    condition: Condition
    takes: bool

    def within(self, condition: Condition | None) -> Condition:
        """The condition of the records of a list that stand in this lane."""
        if condition is None:
            return Group(Join.ALL, (self.condition,))
        if isinstance(condition, Group) and condition.join is Join.ALL:
            return Group(Join.ALL, (*condition.parts, self.condition))
        return Group(Join.ALL, (condition, self.condition))


def lane_fields(actor: Actor, record_type: RecordType) -> list[RecordField]:
    """The fields that this actor may read and that can be the lanes of a board."""
    return [each for each in record_type.readable(actor).values() if each.kind in KINDS and each.computed is None]


def lane_field(actor: Actor, record_type: RecordType, name: str) -> RecordField:
    """The field of the lanes: the one of that name, or for "" the one that the type declares, or else the best.

    Raises Invalid for a field that isn't there, may not be read, or has no values that could be lanes.
    """
    offered = {each.name: each for each in lane_fields(actor, record_type)}
    if name:
        if name not in offered:
            raise Invalid({"by": [_("There is no board by “%(name)s”.") % {"name": name[:60]}]})
        return offered[name]
    declared = record_type.board.by if record_type.board else ""
    if declared in offered:
        return offered[declared]
    # What can be changed comes first, and a choice before the colleague whom nearly every record has.
    first = min(offered.values(), key=lambda each: (not each.editable, each.kind is not Kind.CHOICE), default=None)
    if first is None:
        raise Invalid({"by": [_("There is no field here whose values could be lanes.")]})
    return first


def lanes_of(field: RecordField) -> list[Lane]:
    """The lanes of a field in the order of its choices, colleagues by name, those without a value first.

    Colleagues who have left have no lane; at most `MOST` lanes are made, see `elsewhere` in `sums`.
    """
    lanes = [Lane(key, label, Test(field.name, "is", _value(field, key)), takes=True) for key, label in _values(field)]
    if _may_lack(field):
        label = _("No %(field)s") % {"field": field.label}
        lanes.insert(0, Lane(NOBODY, label, _without(field, lanes), takes=not field.required))
    return lanes[:MOST]


def key_of(value: Any) -> str:
    """The key of the lane in which a record with this stored value stands."""
    if value is None or value == "":
        return NOBODY
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _values(field: RecordField) -> Iterable[tuple[str, str]]:
    if field.kind is Kind.BOOLEAN:
        return (("false", _("No: %(field)s") % {"field": field.label}), ("true", str(field.label).capitalize()))
    if field.kind is Kind.USER:
        found: Iterable[tuple[UUID, str]] = (
            Member.objects.filter(active=True).order_by("name", "id").values_list("id", "name")[:MOST]
        )
        return [(str(key), name) for key, name in found]
    return [(value, str(label)) for value, label in field.choices if value]


def _value(field: RecordField, key: str) -> str | bool:
    return key == "true" if field.kind is Kind.BOOLEAN else key


def _without(field: RecordField, lanes: list[Lane]) -> Condition:
    if field.kind is Kind.BOOLEAN:
        return Group(Join.NONE, tuple(lane.condition for lane in lanes))
    return Test(field.name, "is_empty")


def _may_lack(field: RecordField) -> bool:
    """Whether there may be records without a value; of an own field there are those from before it was made."""
    return field.column is None or field.column.null or bool(field.column.blank)
