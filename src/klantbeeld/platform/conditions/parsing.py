"""JSON to a tree. What comes in is hostile: anything that isn't a condition raises BadCondition, nothing else."""

import math
from collections.abc import Mapping

from django.utils.translation import gettext as _

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.errors import BadCondition
from klantbeeld.platform.conditions.tree import (
    Condition,
    Group,
    Join,
    Measure,
    RelatedTest,
    Scalar,
    Span,
    Test,
    Unit,
    Value,
)

AGGREGATES = (Measure.SUM, Measure.AVG, Measure.MIN, Measure.MAX)


def parse(data: object) -> Condition:
    """Return the tree for decoded JSON.

    Names of fields and operators are not looked at here, see `check`. Raises BadCondition with the path of what is
    wrong and what was expected, also for a condition that is too deep or too long.
    """
    return _Reader().condition(data, "", 1, 0)


class _Reader:
    def __init__(self) -> None:
        self.leaves = 0
        self.nodes = 0

    def condition(self, data: object, at: str, depth: int, related_depth: int) -> Condition:
        node = _object(data, at)
        self._count(node, at, depth)
        if "related" in node:
            return self._related(node, at, depth, related_depth + 1)
        if "field" in node:
            _only(node, {"field", "op", "value"}, at)
            return Test(_name(node, "field", at), _name(node, "op", at), _optional_value(node, at))
        for join in Join:
            if join in node:
                _only(node, {join.value}, at)
                return Group(join, self._parts(node[join], join, f"{at}/{join}", depth, related_depth))
        raise BadCondition(at, _("Expected one of “all”, “any”, “none”, “field” or “related”."))

    def _count(self, node: Mapping[str, object], at: str, depth: int) -> None:
        self.nodes += 1
        self.leaves += "field" in node or "related" in node
        if depth > limits.DEPTH:
            raise BadCondition(at, _("Conditions may be nested %(most)d deep, not deeper.") % {"most": limits.DEPTH})
        if self.leaves > limits.LEAVES or self.nodes > limits.NODES:
            raise BadCondition(at, _("At most %(most)d conditions fit in one filter.") % {"most": limits.LEAVES})

    def _parts(self, data: object, join: Join, at: str, depth: int, related_depth: int) -> tuple[Condition, ...]:
        if not isinstance(data, list):
            raise BadCondition(at, _("Expected a list of conditions."))
        if not data and join is not Join.ALL:
            raise BadCondition(at, _("Expected at least one condition in this group."))
        return tuple(self.condition(part, f"{at}/{i}", depth + 1, related_depth) for i, part in enumerate(data))

    def _related(self, node: Mapping[str, object], at: str, depth: int, related_depth: int) -> RelatedTest:
        if related_depth > limits.RELATED_DEPTH:
            message = _("Relations may be followed %(most)d steps, not further.") % {"most": limits.RELATED_DEPTH}
            raise BadCondition(at, message)
        name = _name(node, "related", at)
        where = None
        if "where" in node:
            where = self.condition(node["where"], f"{at}/where", depth + 1, related_depth)
        measure = _measure(node, at)
        keys = {"related", "where", measure.value}
        if measure is Measure.EXISTS:
            _only(node, keys, at)
            wanted = node.get(measure, True)
            if not isinstance(wanted, bool):
                raise BadCondition(f"{at}/{measure}", _("Expected true or false."))
            return RelatedTest(name, where, measure, value=wanted)
        if measure is Measure.COUNT:
            _only(node, keys, at)
            inner = _object(node[measure], f"{at}/{measure}")
            _only(inner, {"op", "value"}, f"{at}/{measure}")
            op, value = _name(inner, "op", f"{at}/{measure}"), _optional_value(inner, f"{at}/{measure}")
            return RelatedTest(name, where, measure, None, op, value)
        _only(node, keys | {"op", "value"}, at)
        field = _name(node, measure.value, at)
        return RelatedTest(name, where, measure, field, _name(node, "op", at), _optional_value(node, at))


def _measure(node: Mapping[str, object], at: str) -> Measure:
    asked = [measure for measure in Measure if measure in node]
    if len(asked) > 1:
        message = _("“%(one)s” and “%(other)s” can't be asked together.")
        raise BadCondition(at, message % {"one": asked[0], "other": asked[1]})
    return asked[0] if asked else Measure.EXISTS


def _object(data: object, at: str) -> Mapping[str, object]:
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise BadCondition(at, _("Expected an object."))
    return data


def _only(node: Mapping[str, object], keys: set[str], at: str) -> None:
    if set(node) - keys:
        raise BadCondition(at, _("Expected nothing but %(keys)s here.") % {"keys": ", ".join(sorted(keys))})


def _name(node: Mapping[str, object], key: str, at: str) -> str:
    name = node.get(key)
    if not isinstance(name, str) or not 0 < len(name) <= limits.NAME_LENGTH or not _storable(name):
        raise BadCondition(f"{at}/{key}", _("Expected a name."))
    return name


def _optional_value(node: Mapping[str, object], at: str) -> Value:
    return _value(node["value"], f"{at}/value") if "value" in node else None


def _value(data: object, at: str) -> Value:
    if isinstance(data, list):
        if len(data) > limits.LIST_VALUES:
            raise BadCondition(at, _("A list may have %(most)d values, not more.") % {"most": limits.LIST_VALUES})
        return tuple(_scalar(each, f"{at}/{i}") for i, each in enumerate(data))
    if isinstance(data, dict):
        return _span(_object(data, at), at)
    return _scalar(data, at)


def _span(node: Mapping[str, object], at: str) -> Span:
    _only(node, {"n", "unit"}, at)
    n, unit = node.get("n"), node.get("unit")
    if isinstance(n, bool) or not isinstance(n, int) or not 0 < n <= limits.SPAN:
        message = _("Expected a whole number from 1 to %(most)d.") % {"most": limits.SPAN}
        raise BadCondition(f"{at}/n", message)
    if not isinstance(unit, str) or unit not in set(Unit):
        raise BadCondition(f"{at}/unit", _("Expected one of: %(names)s.") % {"names": ", ".join(Unit)})
    return Span(n, Unit(unit))


def _scalar(data: object, at: str) -> Scalar:
    if isinstance(data, str):
        if len(data) > limits.TEXT_LENGTH:
            message = _("Text may be %(most)d characters long, not longer.") % {"most": limits.TEXT_LENGTH}
            raise BadCondition(at, message)
        if not _storable(data):
            raise BadCondition(at, _("This text has a character that can't be stored."))
        return data
    if isinstance(data, bool):
        return data
    if isinstance(data, int | float):
        if (isinstance(data, float) and not math.isfinite(data)) or abs(data) >= limits.NUMBER:
            raise BadCondition(at, _("This number is too large."))
        return data
    raise BadCondition(at, _("Expected a text, a number, true or false."))


def _storable(text: str) -> bool:
    """Say whether PostgreSQL takes the text: no NUL, no lone surrogates."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
