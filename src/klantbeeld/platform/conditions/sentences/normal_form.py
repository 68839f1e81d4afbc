"""One tree of all that say the same: what a sentence can't tell apart, such as 500 and "500.0", is written one way."""

from datetime import UTC, date, datetime
from decimal import Decimal

from klantbeeld.platform.conditions.fields import FieldSet
from klantbeeld.platform.conditions.resolving import resolve, resolve_related
from klantbeeld.platform.conditions.tree import Condition, Group, Join, RelatedTest, Scalar, Span, Test, Value
from klantbeeld.platform.conditions.values import Typed, TypedValue


def normal(condition: Condition, fieldset: FieldSet, at: str = "") -> Condition:
    """Return the condition as it is read back from its sentence. It holds for the same rows.

    A group of one part is that part, unless it is "none"; numbers are text without zeros at the end; moments are in
    UTC. Raises BadCondition as `check` does.
    """
    if isinstance(condition, Group):
        parts = tuple(normal(part, fieldset, f"{at}/{condition.join}/{i}") for i, part in enumerate(condition.parts))
        return group(condition.join, parts)
    if isinstance(condition, Test):
        return Test(condition.field, condition.op, plain(resolve(condition, fieldset, at).value))
    related = resolve_related(condition, fieldset, at)
    where = None if condition.where is None else normal(condition.where, related.fields, f"{at}/where")
    value = condition.value if related.comparison is None else plain(related.comparison.value)
    return RelatedTest(condition.related, where, condition.measure, condition.field, condition.op, value)


def group(join: Join, parts: tuple[Condition, ...]) -> Condition:
    """Return the group, or what says the same in fewer words."""
    only = parts[0] if len(parts) == 1 else None
    if only is not None and join is not Join.NONE:
        return only
    if isinstance(only, Group) and only.join is Join.ANY:
        return Group(Join.NONE, only.parts)
    return Group(join, parts)


def plain(value: TypedValue) -> Value:
    """Return a typed value as it stands in the JSON of a normal condition."""
    if isinstance(value, tuple):
        return tuple(_scalar(each) for each in value)
    return value if value is None or isinstance(value, Span) else _scalar(value)


def _scalar(value: Typed) -> Scalar:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def number(value: Decimal) -> str:
    """Return a number as text, without an exponent and without zeros at the end."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if not value else text
