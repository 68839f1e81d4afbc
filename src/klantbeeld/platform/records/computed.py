"""Own fields that nobody fills in: formulas over a record's other fields, and roll-ups over what points to it.

The database works them out when they are read, so that they are never behind, and only from what the reader may see: a
formula with a hidden field is hidden, a roll-up counts the rows that its reader could count by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Avg,
    BooleanField,
    Count,
    DateField,
    DecimalField,
    F,
    Max,
    Min,
    OuterRef,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.fields import Kind
from klantbeeld.platform.conditions.operands import aggregated
from klantbeeld.platform.conditions.own_ids import OWN, points_to
from klantbeeld.platform.customfields.public import FORMULA, CustomField
from klantbeeld.platform.formulas.public import BadFormula, Compiler, Part, Sql, Type, check, names_in, parse
from klantbeeld.platform.records.fields import OWN_FIELD, Computed, RecordField
from klantbeeld.platform.records.registry import registry

if TYPE_CHECKING:
    from klantbeeld.platform.records.record_type import RecordType, Related

_TYPES = {
    Kind.TEXT: Type.TEXT,
    Kind.LONG_TEXT: Type.TEXT,
    Kind.CHOICE: Type.TEXT,
    Kind.NUMBER: Type.NUMBER,
    Kind.MONEY: Type.NUMBER,
    Kind.DATE: Type.DATE,
    Kind.DATETIME: Type.MOMENT,
    Kind.BOOLEAN: Type.TRUTH,
}
_KINDS = {
    Type.TEXT: Kind.TEXT,
    Type.NUMBER: Kind.NUMBER,
    Type.DATE: Kind.DATE,
    Type.MOMENT: Kind.DATETIME,
    Type.TRUTH: Kind.BOOLEAN,
}
COUNT = "count"
MEASURES: Mapping[str, Any] = {COUNT: Count, "sum": Sum, "avg": Avg, "min": Min, "max": Max}
SUMMED = frozenset({Kind.NUMBER, Kind.MONEY})
ORDERED = SUMMED | {Kind.DATE}
# Days are counted from the first of their month: a date that doesn't exist would end the query.
_DATE = (
    "CASE WHEN {0} ~ '^[1-9][0-9]+-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'"
    " THEN (left({0}, 7) || '-01')::date + right({0}, 2)::int - 1 END"
)


def usable(fields: Mapping[str, RecordField]) -> dict[str, Type]:
    """The fields that a formula can speak of, with their types: an own moment is none of them, it is kept as text."""
    return {
        name: _TYPES[each.kind]
        for name, each in fields.items()
        if each.kind in _TYPES and each.computed is None and not (each.json and each.kind is Kind.DATETIME)
    }


def fields_from(
    record_type: "RecordType", own: Iterable[CustomField], plain: Mapping[str, RecordField]
) -> dict[str, RecordField]:
    """The computed ones among own fields, by name. `plain` are the type's other fields."""
    made = [
        _formula(each, plain) if each.kind == FORMULA else _roll_up(record_type, each) for each in own if each.computed
    ]
    return {each.name: each for each in made}


def _field(own: CustomField, kind: Kind, computed: Computed) -> RecordField:
    return RecordField(
        name=f"{OWN_FIELD}{own.key}",
        label=own.label,
        kind=kind,
        path=f"own_{own.key}",
        editable=False,
        in_list=own.in_list,
        decimals=6 if kind is Kind.NUMBER else None,
        computed=computed,
    )


def _nothing(actor: Actor) -> Any:
    return Value(None, output_field=TextField())


# Formulas.


def _formula(own: CustomField, plain: Mapping[str, RecordField]) -> RecordField:
    try:
        tree = parse(str(own.settings.get("formula", "")))
        kind = _KINDS[check(tree, usable(plain))]
    except BadFormula:  # a version of the product may have taken a field away
        return _field(own, Kind.TEXT, Computed(_nothing))
    names = names_in(tree)
    used = {name: plain[name] for name in names}
    return _field(own, kind, Computed(partial(_worked_out, tree, used), names))


def _worked_out(tree: Part, fields: Mapping[str, RecordField], actor: Actor) -> Any:
    operands = {name: (_TYPES[each.kind], operand(each)) for name, each in fields.items()}
    return Compiler(operands, actor.timezone).expression(tree)


def operand(field: RecordField) -> Any:
    """A field's value as an expression, NULL when it has none."""
    kind = _TYPES[field.kind]
    if kind is Type.NUMBER:
        return aggregated(field) if field.json else Cast(F(field.path), DecimalField())
    if not field.json:
        return Sql("NULLIF({0}, '')", F(field.path), output_field=TextField()) if kind is Type.TEXT else F(field.path)
    key = Value(field.path)
    if kind is Type.TRUTH:
        pattern = "CASE WHEN jsonb_typeof({0} -> {1}) = 'boolean' THEN ({0} -> {1})::boolean END"
        return Sql(pattern, F(OWN), key, output_field=BooleanField())
    text = Sql("NULLIF({0} ->> {1}, '')", F(OWN), key, output_field=TextField())
    return text if kind is Type.TEXT else Sql(_DATE, text, output_field=DateField())


# Roll-ups.


@dataclass(frozen=True)
class RollUp:
    """What a roll-up rolls up: a measure of a field (none for a count) of the rows that a relation leads to."""

    related: "Related"
    measure: str
    field: RecordField | None


def roll_up_of(record_type: "RecordType", settings: Mapping[str, Any]) -> RollUp | None:
    """What these settings of an own field mean; None when they mean nothing (any more)."""
    related = next((each for each in record_type.relations() if each.name == settings.get("relation")), None)
    other = registry.find(related.record_type) if related else None
    measure = str(settings.get("measure", ""))
    if related is None or other is None or measure not in MEASURES:
        return None
    if measure == COUNT:
        return RollUp(related, measure, None)
    field = other.plain_fields().get(str(settings.get("measured", "")))
    known = SUMMED if measure in {"sum", "avg"} else ORDERED
    return RollUp(related, measure, field) if field is not None and field.kind in known else None


def _roll_up(record_type: "RecordType", own: CustomField) -> RecordField:
    found = roll_up_of(record_type, own.settings)
    if found is None:
        return _field(own, Kind.TEXT, Computed(_nothing))
    kind = found.field.kind if found.field else Kind.NUMBER
    return _field(own, kind, Computed(partial(_rolled_up, found), visible=partial(_may_roll_up, found)))


def _may_roll_up(found: RollUp, actor: Actor) -> bool:
    other = registry.find(found.related.record_type)
    if other is None:
        return False
    names = [found.related.link, *([found.field.name] if found.field else [])]
    return gates.may_read(actor, other, *names)


def _rolled_up(found: RollUp, actor: Actor) -> Any:
    other, related = registry.get(found.related.record_type), found.related
    empty = Value(0, output_field=DecimalField())
    if not _may_roll_up(found, actor) or gates.reach_filter(actor, "read", other) is None:
        return _nothing(actor)
    mine = points_to(related.key, related.own, OuterRef("pk"))
    value = operand(found.field) if found.field else F("pk")
    rows = other.rows(actor).filter(mine).order_by().annotate(one_=Value(1)).values("one_")
    figure = Subquery(rows.annotate(figure_=MEASURES[found.measure](value)).values("figure_"))
    return Coalesce(figure, empty, output_field=DecimalField()) if found.measure in {COUNT, "sum"} else figure
