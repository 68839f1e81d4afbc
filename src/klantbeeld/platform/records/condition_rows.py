"""The rows of a condition's form as they are drawn, and the condition that they make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import Arity, BadCondition, Kind, Measure, Operator, ValueKind
from klantbeeld.platform.records import typed_values
from klantbeeld.platform.records.condition_picks import Pick
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.inputs import Input, inputs
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

COUNTED = RecordField("count", "", Kind.NUMBER, "", nullable=False)


@dataclass
class Row:
    """One row with its controls, or a group of rows; `name` is what its form fields begin with."""

    name: str
    path: str
    join: str = ""
    parts: "list[Row]" = field(default_factory=list)
    what: str = ""
    offered: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    operators: list[tuple[str, str]] = field(default_factory=list)
    operator: Operator | None = None
    input: Input | None = None
    values: list[str] = field(default_factory=list)
    boxes: list[typed_values.Box] = field(default_factory=list)
    links: list[Input] = field(default_factory=list)
    n: str = ""
    unit: str = ""
    where: "Row | None" = None
    may_have_where: bool = False
    in_hours: bool = False
    fresh: bool = False

    @property
    def id(self) -> str:
        """What the ids of its controls begin with."""
        return self.name.replace(".", "-")

    @property
    def units(self) -> list[tuple[str, str]]:
        """The units of a length of time."""
        return [
            ("day", _("days")),
            ("week", _("weeks")),
            ("month", _("months")),
            ("quarter", _("quarters")),
            ("year", _("years")),
        ] + ([("hour", _("hours"))] if self.unit == "hour" or self.in_hours else [])


@dataclass(frozen=True)
class _Asked:
    """What a row asks about: the field that is compared (None: nothing is), its operators, and the type of the rows."""

    field: RecordField | None
    operators: tuple[Operator, ...]
    rows: RecordType | None = None


@dataclass(frozen=True)
class Rows:
    """Draws and reads rows of conditions on `record_type`, with the fields that the actor may read."""

    actor: Actor
    name: str

    def drawn(self, record_type: RecordType, pick: Pick, path: str = "r") -> Row:
        """A row or a group with its controls."""
        row = Row(f"{self.name}.{path}", path, fresh=pick.fresh)
        if pick.join:
            row.join = pick.join
            row.parts = [self.drawn(record_type, part, f"{path}.{i}") for i, part in enumerate(pick.parts)]
            return row
        row.what, row.offered = pick.what, self._offered(record_type, pick.what)
        asked = self._asked(record_type, pick)
        if asked is None:
            return row
        if asked.rows is not None:
            row.may_have_where = pick.where is None
            row.where = self.drawn(asked.rows, pick.where, f"{path}.w") if pick.where else None
        if asked.field is not None:
            self._compared(row, pick, asked, asked.field)
        return row

    def _compared(self, row: Row, pick: Pick, asked: _Asked, one: RecordField) -> None:
        operator = _operator(asked, pick) or asked.operators[0]
        row.operator = operator
        row.operators = [(each.name, _said(each, one)) for each in asked.operators]
        row.values = [typed_values.shown(self.actor, operator, each) if pick.stored else each for each in pick.values]
        row.input = inputs(self.actor, {one.name: one}, {one.name: (row.values or [""])[0]}, {})[one.name]
        further = [""] if operator.arity is Arity.MANY or not row.values else []
        if row.input.kind == "link":
            keys = row.values + further
            row.links = [inputs(self.actor, {one.name: one}, {one.name: key}, {})[one.name] for key in keys]
        row.in_hours = one.kind is Kind.DATETIME
        row.boxes = typed_values.boxes(operator, row.input.type, row.values)
        row.n, row.unit = pick.n or "7", pick.unit or "day"

    def json(self, record_type: RecordType, pick: Pick) -> dict[str, Any] | None:
        """The condition that the rows make; rows in which nothing was picked are left out. Raises BadCondition."""
        if pick.join:
            parts = [made for part in pick.parts if (made := self.json(record_type, part)) is not None]
            return {pick.join: parts} if parts else None
        if not pick.what:
            return None
        asked = self._asked(record_type, pick)
        if asked is None:
            raise BadCondition("/field", _("Pick a field and how to compare it."))
        found: dict[str, Any] = {"field": pick.what}
        if pick.related is not None:
            found = self._related(asked, pick, *pick.related)
        if asked.field is None:
            return found
        operator = _operator(asked, pick)
        if operator is None:
            raise BadCondition("/field", _("Pick a field and how to compare it."))
        compared = {"op": operator.name} | self._value(operator, pick)
        if asked.field is COUNTED:
            return found | {"count": compared}
        return found | compared

    def _related(self, asked: _Asked, pick: Pick, relation: str, measure: str, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {"related": relation}
        where = self.json(asked.rows, pick.where) if asked.rows and pick.where else None
        if where is not None:
            found["where"] = where
        if measure in {"exists", "none"}:
            return found | {"exists": measure == "exists"}
        return found if measure == "count" else found | {measure: name}

    def _value(self, operator: Operator, pick: Pick) -> dict[str, Any]:
        if operator.arity is Arity.NONE:
            return {}
        if operator.value_kind is ValueKind.SPAN:
            n = int(pick.n) if pick.n.isdecimal() and len(pick.n) < 7 else 0
            return {"value": {"n": n, "unit": pick.unit}}
        values = [
            each if pick.stored else typed_values.read(self.actor, operator, each)
            for each in pick.values
            if each != "" or pick.stored
        ]
        if operator.arity in {Arity.MANY, Arity.TWO}:
            return {"value": values}
        return {"value": values[0] if values else ""}

    def _asked(self, record_type: RecordType, pick: Pick) -> _Asked | None:
        """What the row asks about, None if nothing (that the actor may know of) was picked."""
        if pick.related is None:
            one = record_type.readable(self.actor).get(pick.what)
            return _Asked(one, conditions.operators(one.kind)) if one else None
        relation, measure, name = pick.related
        if relation not in record_type.field_set(self.actor).relations:
            return None
        rows = _type_of(record_type, relation)
        if measure in {"exists", "none"}:
            return _Asked(None, (), rows)
        one = COUNTED if measure == "count" else rows.readable(self.actor).get(name)
        if one is None or measure not in set(Measure) or (one is not COUNTED and not _may_measure(measure, one)):
            return None
        return _Asked(one, conditions.measure_operators(one.kind), rows)

    def _offered(self, record_type: RecordType, what: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """What a row may be about, in groups: the fields, then each relation; an id only where it is asked about."""
        readable = record_type.readable(self.actor).values()
        fields = [each for each in readable if each.kind is not Kind.UUID or each.name == what]
        groups = [("", [(each.name, _capital(each.label)) for each in fields])]
        for relation in record_type.field_set(self.actor).relations.values():
            rows = _type_of(record_type, relation.name)
            groups.append((_capital(relation.label), list(self._about(relation.name, str(relation.label), rows))))
        return groups

    def _about(self, name: str, label: str, rows: RecordType) -> Iterator[tuple[str, str]]:
        within = {"rows": conditions.within(label)}
        yield f"@{name}:exists", pgettext("condition", "has %(rows)s") % within
        yield f"@{name}:none", pgettext("condition", "has no %(rows)s") % within
        yield f"@{name}:count", pgettext("condition", "number of %(rows)s") % within
        for measure in Measure:
            for each in rows.readable(self.actor).values():
                if _may_measure(measure, each):
                    words = conditions.figure(measure, each.kind) % (within | {"field": conditions.within(each.label)})
                    yield f"@{name}:{measure}:{each.name}", words


def _type_of(record_type: RecordType, relation: str) -> RecordType:
    slug = next(each.record_type for each in record_type.relations() if each.name == relation)
    return registry.get(slug)


def _may_measure(measure: str, one: RecordField) -> bool:
    return one.kind in conditions.MEASURED_KINDS.get(Measure(measure), ())


def _operator(asked: _Asked, pick: Pick) -> Operator | None:
    return next((each for each in asked.operators if each.name == pick.op), None)


def _said(operator: Operator, one: RecordField) -> str:
    return conditions.count_words(operator) if one is COUNTED else str(operator.label)


def _capital(label: object) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]
