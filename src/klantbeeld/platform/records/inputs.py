"""What a form shows for a field: which control, and the text that stands in it."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.filtering import name_of

_CONTROLS = {
    Kind.LONG_TEXT: "long",
    Kind.BOOLEAN: "select",
    Kind.CHOICE: "select",
    Kind.MULTI_CHOICE: "checks",
    Kind.USER: "select",
    Kind.LINK: "link",
}
_TYPES = {Kind.NUMBER: "text", Kind.MONEY: "text", Kind.DATE: "date", Kind.DATETIME: "datetime-local"}


@dataclasses.dataclass(frozen=True)
class Input:
    """One control: `kind` is "line", "long", "select", "checks" or "link"; `value` a text, or a list for checks.

    `shown` is the name of what a link points to.
    """

    field: RecordField
    kind: str
    type: str
    value: Any
    choices: list[tuple[str, Any]] = dataclasses.field(default_factory=list)
    errors: list[str] = dataclasses.field(default_factory=list)
    shown: str = ""
    numeric: bool = False


def inputs(
    actor: Actor,
    fields: Mapping[str, RecordField],
    values: Mapping[str, Any],
    errors: Mapping[str, list[Any]],
) -> dict[str, Input]:
    """The controls for fields by name. `values` are what was typed before or what is stored."""
    return {name: _input(actor, each, values.get(name), errors.get(name, [])) for name, each in fields.items()}


def _input(actor: Actor, each: RecordField, value: Any, errors: list[Any]) -> Input:
    kind = _CONTROLS.get(each.kind, "line")
    return Input(
        field=each,
        kind=kind,
        type=each.input_type or _TYPES.get(each.kind, "text"),
        value=as_typed(each, value, ZoneInfo(actor.timezone)),
        choices=_choices(each),
        errors=[str(error) for error in errors],
        shown=(name_of(actor, each, value) or "") if kind == "link" and value and not errors else "",
        numeric=each.number_like,
    )


def as_typed(each: RecordField, value: Any, timezone: ZoneInfo) -> Any:
    """A stored value as it would be typed: what the parser reads back as the same value."""
    if each.kind is Kind.MULTI_CHOICE:
        return [str(part) for part in value or []]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if each.kind is Kind.DATETIME:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and value else value
        if isinstance(moment, datetime) and moment.tzinfo:
            return moment.astimezone(timezone).strftime("%Y-%m-%dT%H:%M:%S")
    if each.number_like and not isinstance(value, str):
        text = f"{value:f}" if hasattr(value, "as_tuple") else str(value)
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _choices(each: RecordField) -> list[tuple[str, Any]]:
    if each.kind is Kind.BOOLEAN:
        return [("true", _("yes")), ("false", _("no"))]
    if each.kind is Kind.USER:
        return [
            (str(key), name)
            for key, name in Member.objects.filter(active=True).order_by("name").values_list("id", "name")
        ]
    return list(each.choices)


def posted(fields: Mapping[str, RecordField], data: Any) -> dict[str, Any]:
    """The raw values of a posted form (a QueryDict) by field name; only for fields that the form had."""
    return {
        name: data.getlist(name) if each.kind is Kind.MULTI_CHOICE else data.get(name)
        for name, each in fields.items()
        if name in data or f"{name}__there" in data
    }
