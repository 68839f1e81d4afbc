"""What a bulk change does to one field: set it, clear it, add or remove choices, or deal records out to colleagues."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind, stored_json
from klantbeeld.platform.kernel.errors import Invalid, Refused
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.parsing import CannotUse, parse
from klantbeeld.platform.records.record_type import RecordType


class How(StrEnum):
    """The ways to change a field."""

    SET = "set"
    CLEAR = "clear"
    ADD = "add"
    REMOVE = "remove"
    SPREAD = "spread"


@dataclass(frozen=True)
class Instruction:
    """`value` is what is written, as it is stored; for adding and removing the choices, for spreading the ids of the
    colleagues, who get the records in turn."""

    field: RecordField
    how: How
    value: Any

    def applied(self, current: Any, place: int) -> Any:
        """What becomes of the value of the record at `place` in the row of all. Raises Invalid."""
        if self.how is How.SPREAD:
            return self.value[place % len(self.value)]
        if self.how is How.ADD:
            return self._in_order({*(current or []), *self.value})
        if self.how is How.REMOVE:
            left = [each for each in current or [] if each not in self.value]
            if self.field.required and not left:
                raise Invalid({self.field.name: [_("This is needed, so the last choice can’t be taken away.")]})
            return left
        return self.value

    def _in_order(self, values: set[str]) -> list[str]:
        known = [value for value, _label in self.field.choices if value in values]
        return known + sorted(values - set(known))

    def dump(self) -> dict[str, Any]:
        """As JSON, for `read`."""
        if self.how is How.SPREAD:
            value = [str(each) for each in self.value]
        else:
            value = self.value if self.field.json or self.value is None else json.loads(stored_json(self.value))
        return {"field": self.field.name, "how": str(self.how), "value": value}


def offered(actor: Actor, record_type: RecordType) -> dict[str, RecordField]:
    """The fields that may be changed in bulk, by name: those that the actor may both read and write."""
    readable = record_type.readable(actor)
    return {name: each for name, each in record_type.writable(actor).items() if name in readable}


def ways(field: RecordField) -> list[How]:
    """The ways in which a field can be changed."""
    found = [How.ADD, How.REMOVE, How.SET] if field.kind is Kind.MULTI_CHOICE else [How.SET]
    return found if field.required else [*found, How.CLEAR]


def read(actor: Actor, record_type: RecordType, given: Mapping[str, Any]) -> Instruction:
    """The instruction that raw values ask for: `field`, `how`, `value`.

    Raises Invalid with what is wrong by the name of the field, or by "field".
    """
    fields = offered(actor, record_type)
    field = fields.get(str(given.get("field", "")))
    if field is None:
        raise Invalid({"field": [_("There is no such field, or it can't be written.")]})
    how, value = str(given.get("how") or How.SET), given.get("value")
    if how == How.SPREAD and field.kind is Kind.USER:
        return Instruction(field, How.SPREAD, _colleagues(field, value))
    if how not in ways(field):
        raise Invalid({field.name: [_("This field can't be changed that way.")]})
    return Instruction(field, How(how), _value(actor, record_type, field, How(how), value))


def _value(actor: Actor, record_type: RecordType, field: RecordField, how: How, given: Any) -> Any:
    if how is not How.CLEAR and given in (None, "", []):
        if how is How.SET:
            raise Invalid({field.name: [_("Give a value, or choose to clear the field.")]})
        raise Invalid({field.name: [_("Pick at least one choice.")]})
    try:
        value = parse(field, None if how is How.CLEAR else given, ZoneInfo(actor.timezone))
    except CannotUse as problem:
        raise Invalid({field.name: [str(problem)]}) from None
    record_type.writer(record_type, actor).check_links({field.name: value}, {field.name: field})
    return json.loads(stored_json(value)) if field.json and value is not None else value


def _colleagues(field: RecordField, given: Any) -> list[UUID]:
    try:
        wanted = list(dict.fromkeys(UUID(str(each)) for each in given if each))
    except (TypeError, ValueError):
        wanted = []
    known = set(Member.objects.filter(active=True, pk__in=wanted).values_list("pk", flat=True))
    if not wanted or set(wanted) != known:
        raise Invalid({field.name: [_("Choose colleagues who work here.")]})
    return wanted


def kept(actor: Actor, record_type: RecordType, stored: Mapping[str, Any]) -> Instruction:
    """The instruction that `dump` stored, with the rights of today. Raises Refused when it can't be followed any
    more."""
    try:
        return read(actor, record_type, stored)
    except Invalid as problem:
        texts: Sequence[Any] = [text for found in problem.errors.values() for text in found]
        raise Refused(" ".join(map(str, texts))) from None


def field_of(actor: Actor, record_type: RecordType, stored: Mapping[str, Any]) -> RecordField:
    """The field that a stored instruction is about. Raises Refused when `actor` can't change it any more."""
    field = offered(actor, record_type).get(str(stored.get("field", "")))
    if field is None:
        raise Refused(_("There is no such field, or it can't be written."))
    return field
