"""The values of a filter as a person types them, and as a condition has them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Arity, BadCondition, Operator, ValueKind
from klantbeeld.platform.kernel import numerals
from klantbeeld.platform.kernel.numerals import NotANumber
from klantbeeld.platform.ui import formats

LOCAL = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True)
class Box:
    """One input of the editor: its type in HTML and the text in it."""

    type: str
    value: str


def boxes(operator: Operator, plain: str, values: list[str]) -> list[Box]:
    """The inputs for an operator's values; `plain` is the field's own type of input.

    Where several values are asked for there is room for one more. Moments are compared
    with days, which is what people mean; a filter that has a time keeps it.
    """
    wanted = {Arity.TWO: 2, Arity.MANY: len(values) + 1}.get(operator.arity, 1)
    texts = [*values[:wanted], *[""] * (wanted - len(values))]
    return [Box(_type(operator, plain, text), text) for text in texts]


def _type(operator: Operator, plain: str, text: str) -> str:
    if operator.value_kind in {ValueKind.DAY, ValueKind.MOMENT}:
        return "datetime-local" if operator.value_kind is ValueKind.MOMENT and "T" in text else "date"
    return "text" if plain in {"email", "tel"} else plain


def shown(actor: Actor, operator: Operator | None, value: Any) -> str:
    """A value of a condition as it would be typed by this actor: on their clock, in their way of writing numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        if operator is not None and operator.value_kind is ValueKind.NUMBER:
            return numerals.text(Decimal(str(value)), formats.decimal_style(actor.language))
        if operator is not None and operator.value_kind is ValueKind.MOMENT and "T" in str(value):
            return datetime.fromisoformat(value).astimezone(ZoneInfo(actor.timezone)).strftime(LOCAL)
    except (ArithmeticError, TypeError, ValueError):
        pass  # a condition from an address may hold anything; it stands there as it is, to be mended
    return str(value)


def read(actor: Actor, operator: Operator, text: str) -> Any:
    """What was typed as a condition has it. Raises BadCondition; what it has no opinion on is left to the condition."""
    if operator.value_kind is ValueKind.BOOLEAN:
        return text == "true"
    if operator.value_kind is ValueKind.NUMBER:
        try:
            return f"{numerals.decimal(text.strip(), formats.decimal_style(actor.language)):f}"
        except NotANumber as problem:
            raise BadCondition("/value", str(problem)) from None
    if operator.value_kind is ValueKind.MOMENT and "T" in text:
        return _moment(text, ZoneInfo(actor.timezone))
    return text


def _moment(text: str, timezone: ZoneInfo) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadCondition("/value", _("“%(given)s” is not a date and time.") % {"given": text[:40]}) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone)).isoformat()
