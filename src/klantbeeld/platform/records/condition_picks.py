"""What is picked in the rows of a condition's form, before it is known whether it makes sense.

Each row has a path: "r" is the whole, "r.0" its first part, "r.0.w" what the related rows of that part have to meet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import Condition, Group, Join, Measure, RelatedTest, Test

ROOT = "r"
_MOST_ROWS = 300
_DEEPEST = 16
_KEY = re.compile(r"(r(?:\.(?:[0-9]{1,3}|w))*)\.(join|field|op|value|n|unit)")


@dataclass(frozen=True)
class Pick:
    """One row, or a group of rows (`join` isn't ""). `what` is a field's name, or "@relation:measure[:field]".

    The values are texts as they were typed, or, with `stored`, as a condition has them. A `fresh` row was just added.
    """

    join: str = ""
    parts: "tuple[Pick, ...]" = ()
    what: str = ""
    op: str = ""
    values: tuple[Any, ...] = ()
    n: str = ""
    unit: str = ""
    where: "Pick | None" = None
    stored: bool = False
    fresh: bool = False

    @property
    def related(self) -> tuple[str, str, str] | None:
        """Relation, measure and measured field, if it is about related rows."""
        if not self.what.startswith("@"):
            return None
        relation, measure, name = [*self.what[1:].split(":", 2), "", ""][:3]
        return relation, measure, name


BLANK = Pick(fresh=True)


def from_form(data: QueryDict, name: str) -> Pick:
    """What the form fields that begin with `name` say; at most 300 rows, the rest is left out."""
    rows: dict[str, dict[str, list[str]]] = {}
    for key in data:
        found = _KEY.fullmatch(key.removeprefix(f"{name}.")) if key.startswith(f"{name}.") else None
        if found and len(rows) < _MOST_ROWS and found[1].count(".") < _DEEPEST:
            rows.setdefault(found[1], {})[found[2]] = data.getlist(key)
    children: dict[str, list[str]] = {}
    for path in sorted(rows, key=lambda path: [int(step) for step in path.split(".")[1:] if step != "w"]):
        if path != ROOT:
            children.setdefault(path.rpartition(".")[0], []).append(path)
    return _pick(ROOT, rows, children)


def _pick(path: str, rows: Mapping[str, Mapping[str, list[str]]], children: Mapping[str, list[str]]) -> Pick:
    row = {key: values[-1] for key, values in rows.get(path, {}).items() if values}
    if path == ROOT or "join" in row:
        parts = tuple(_pick(each, rows, children) for each in children.get(path, []) if not each.endswith(".w"))
        return Pick(join=row["join"] if row.get("join") in set(Join) else "all", parts=parts)
    where = _pick(f"{path}.w", rows, children) if f"{path}.w" in rows else None
    values = tuple(rows.get(path, {}).get("value", ()))
    return Pick("", (), row.get("field", ""), row.get("op", ""), values, row.get("n", ""), row.get("unit", ""), where)


def from_condition(condition: Condition | None) -> Pick:
    """The rows of a condition; values as they stand in it."""
    if condition is None:
        return Pick(join="all", parts=(BLANK,))
    if isinstance(condition, Group):
        parts = tuple(_of(part) for part in condition.parts)
        return Pick(join=condition.join.value, parts=parts or (BLANK,))
    return Pick(join="all", parts=(_of(condition),))


def _of(condition: Condition) -> Pick:
    if isinstance(condition, Group):
        return from_condition(condition)
    what = condition.field if isinstance(condition, Test) else _related(condition)
    where = condition.where if isinstance(condition, RelatedTest) else None
    picked = Pick(what=what, where=None if where is None else from_condition(where), stored=True)
    if isinstance(condition, RelatedTest) and condition.measure is Measure.EXISTS:
        return picked
    value: Any = condition.value
    if isinstance(value, conditions.Span):
        return replace(picked, op=condition.op or "", n=str(value.n), unit=value.unit.value)
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    return replace(picked, op=condition.op or "", values=values)


def _related(condition: RelatedTest) -> str:
    if condition.measure is Measure.EXISTS:
        return f"@{condition.related}:{'exists' if condition.value else 'none'}"
    return f"@{condition.related}:{condition.measure}" + (f":{condition.field}" if condition.field else "")


def changed(root: Pick, action: str) -> Pick:
    """The rows after a button was pressed: "add:PATH" and "group:PATH" put a row or a group into the group at PATH,
    "which:PATH" lets the related rows of a row have to meet something, "remove:PATH" takes a row away."""
    verb, _colon, path = action.partition(":")
    steps = path.split(".")
    if steps[0] != ROOT or verb not in {"add", "group", "which", "remove"}:
        return root
    if verb == "remove" and len(steps) == 1:
        return Pick(join="all", parts=(BLANK,))
    return _walk(root, steps[1:], verb)


def _walk(pick: Pick, steps: list[str], verb: str) -> Pick:
    if not steps:
        return _done(pick, verb)
    step, rest = steps[0], steps[1:]
    if step == "w":
        if pick.where is None:
            return pick
        gone = verb == "remove" and not rest
        return replace(pick, where=None if gone else _walk(pick.where, rest, verb))
    place = int(step) if step.isdecimal() and len(step) < 4 else len(pick.parts)
    if place >= len(pick.parts):
        return pick
    mended = () if verb == "remove" and not rest else (_walk(pick.parts[place], rest, verb),)
    return replace(pick, parts=(*pick.parts[:place], *mended, *pick.parts[place + 1 :]))


def _done(pick: Pick, verb: str) -> Pick:
    if verb == "which":
        return replace(pick, where=pick.where or Pick(join="all", parts=(BLANK,)))
    if not pick.join:
        return pick
    added = BLANK if verb == "add" else Pick(join="any", parts=(BLANK,))
    return replace(pick, parts=(*pick.parts, added))
