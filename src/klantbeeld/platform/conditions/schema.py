"""The language as JSON Schema, for the API's description and for editors."""

from collections.abc import Iterable
from itertools import groupby

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.fields import Field, FieldSet, Relation
from klantbeeld.platform.conditions.operators import (
    MEASURED_KINDS,
    Arity,
    Operator,
    ValueKind,
    measure_operators,
    operators,
)
from klantbeeld.platform.conditions.resolving import COUNTED
from klantbeeld.platform.conditions.tree import Join, Unit

Schema = dict[str, object]

_SCALARS: dict[ValueKind, Schema] = {
    ValueKind.TEXT: {"type": "string", "minLength": 1, "maxLength": limits.TEXT_LENGTH},
    ValueKind.NUMBER: {
        "anyOf": [
            {"type": "number", "exclusiveMinimum": -(10**limits.DIGITS), "exclusiveMaximum": 10**limits.DIGITS},
            {"type": "string", "pattern": f"^-?[0-9]{{1,{limits.DIGITS}}}(\\.[0-9]{{1,{limits.DIGITS}}})?$"},
        ]
    },
    ValueKind.DAY: {"type": "string", "format": "date"},
    ValueKind.MOMENT: {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]},
    ValueKind.BOOLEAN: {"type": "boolean"},
    ValueKind.REFERENCE: {"type": "string", "format": "uuid"},
    ValueKind.SPAN: {
        "type": "object",
        "properties": {
            "n": {"type": "integer", "minimum": 1, "maximum": limits.SPAN},
            "unit": {"enum": [unit.value for unit in Unit]},
        },
        "required": ["n", "unit"],
        "additionalProperties": False,
    },
}


def schema(fieldset: FieldSet, prefix: str = "#/$defs/") -> Schema:
    """Return the JSON Schema (2020-12) of conditions on this field set.

    References start with `prefix`: give the place where "$defs" will stand if the schema becomes a part of another
    document. The schema can't say everything (depth, the number of conditions, an order of values): `check` can.
    """
    definitions: Schema = {}
    root = _define(fieldset, "condition", 0, prefix, definitions)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": definitions}


def _define(fieldset: FieldSet, name: str, depth: int, prefix: str, definitions: Schema) -> Schema:
    reference: Schema = {"$ref": f"{prefix}{name}"}
    alternatives = [_group(join, reference) for join in Join]
    for field in fieldset.fields.values():
        alternatives += _operations({"field": {"const": field.name}}, operators(field.kind), field)
    if depth < limits.RELATED_DEPTH:
        for relation in fieldset.relations.values():
            where = _define(relation.fields(), f"{name}.{relation.name}", depth + 1, prefix, definitions)
            alternatives += _related(relation, where)
    definitions[name] = {"anyOf": alternatives}
    return reference


def _group(join: Join, reference: Schema) -> Schema:
    items: Schema = {"type": "array", "items": reference, "maxItems": limits.NODES}
    if join is not Join.ALL:
        items["minItems"] = 1
    return _object({join.value: items}, [join.value])


def _related(relation: Relation, where: Schema) -> Iterable[Schema]:
    base: Schema = {"related": {"const": relation.name}}
    optional: Schema = {"where": where}
    yield _object({**base, **optional, "exists": {"type": "boolean"}}, [*base])
    for count in _operations({}, measure_operators(COUNTED.kind), COUNTED):
        yield _object({**base, **optional, "count": count}, [*base, "count"])
    for measure, kinds in MEASURED_KINDS.items():
        for field in relation.fields().fields.values():
            if field.kind in kinds:
                named: Schema = {**base, measure.value: {"const": field.name}}
                yield from _operations(named, measure_operators(field.kind), field, optional)


def _operations(
    named: Schema, known: Iterable[Operator], field: Field, optional: Schema | None = None
) -> Iterable[Schema]:
    """One alternative for all operators that take the same values."""
    for (arity, value_kind), group in groupby(known, key=lambda operator: (operator.arity, operator.value_kind)):
        properties: Schema = {**named, "op": {"enum": [operator.name for operator in group]}}
        if arity is not Arity.NONE:
            properties["value"] = _value(arity, value_kind, field)
        yield _object({**properties, **(optional or {})}, [*properties])


def _value(arity: Arity, value_kind: ValueKind, field: Field) -> Schema:
    if value_kind is ValueKind.CHOICE:
        choices = [key for key, _label in field.choices]
        one: Schema = {"enum": choices} if choices else {"not": {}}
    else:
        one = _SCALARS[value_kind]
    match arity:
        case Arity.TWO:
            return {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
        case Arity.MANY:
            return {"type": "array", "items": one, "minItems": 1, "maxItems": limits.LIST_VALUES}
        case _:
            return one


def _object(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
