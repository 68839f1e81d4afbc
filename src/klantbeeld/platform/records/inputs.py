"""What a form shows for a field: which control, and the text that stands in it."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel import numerals
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.filtering import name_of
from klantbeeld.platform.records.parsing import Written
from klantbeeld.platform.ui import formats

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
        value=as_typed(actor, each, value),
        choices=_choices(each),
        errors=[str(error) for error in errors],
        shown=_name(actor, each, value) if kind == "link" else "",
        numeric=each.number_like,
    )


def _name(actor: Actor, each: RecordField, key: Any) -> str:
    # The key may come from an address, and be anything.
    try:
        return name_of(actor, each, UUID(str(key))) or ""
    except ValueError:
        return ""


def as_typed(actor: Actor, each: RecordField, value: Any) -> Any:
    """A stored value as this actor would type it: what the parser reads back as the same value. Texts stay."""
    if each.kind is Kind.MULTI_CHOICE:
        return [str(part) for part in value or []]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if each.kind is Kind.DATETIME:
        return _local(value, ZoneInfo(actor.timezone))
    if each.number_like and isinstance(value, int | float | Decimal):
        return numerals.text(Decimal(str(value)), formats.decimal_style(actor.language))
    return str(value)


def _local(value: Any, timezone: ZoneInfo) -> str:
    # Own fields keep moments as text; what was typed has no offset, and may be anything.
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return moment.astimezone(timezone).strftime("%Y-%m-%dT%H:%M:%S") if moment.tzinfo else str(value)


def _choices(each: RecordField) -> list[tuple[str, Any]]:
    if each.kind is Kind.BOOLEAN:
        return [("true", _("yes")), ("false", _("no"))]
    if each.kind is Kind.USER:
        return [
            (str(key), name)
            for key, name in Member.objects.filter(active=True).order_by("name").values_list("id", "name")
        ]
    return list(each.choices)


def posted(actor: Actor, fields: Mapping[str, RecordField], data: Any) -> dict[str, Any]:
    """The raw values of a form (a QueryDict) that this actor filled in, by field name; only for fields it had."""
    style = formats.decimal_style(actor.language)
    return {
        name: data.getlist(name)
        if each.kind is Kind.MULTI_CHOICE
        else Written(data.get(name, ""), style)
        if each.number_like
        else data.get(name)
        for name, each in fields.items()
        if name in data or f"{name}__there" in data
    }
