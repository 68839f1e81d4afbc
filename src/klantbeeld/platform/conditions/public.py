"""The door of the condition language: read a condition, check it, compile it, say it, and describe it."""

from klantbeeld.platform.conditions.compiler import compile
from klantbeeld.platform.conditions.context import Context
from klantbeeld.platform.conditions.errors import BadCondition, UnknownField
from klantbeeld.platform.conditions.fields import Field, FieldSet, Kind, Relation
from klantbeeld.platform.conditions.operators import Arity, Operator, ValueKind, measure_operators, operators
from klantbeeld.platform.conditions.parsing import parse
from klantbeeld.platform.conditions.periods import moves
from klantbeeld.platform.conditions.resolving import check
from klantbeeld.platform.conditions.schema import schema
from klantbeeld.platform.conditions.sentence import Clause, clauses, text
from klantbeeld.platform.conditions.stored import stored_json
from klantbeeld.platform.conditions.tree import (
    EVERYTHING,
    Condition,
    Group,
    Join,
    Measure,
    RelatedTest,
    Span,
    Test,
    Unit,
    dump,
)

__all__ = [
    "EVERYTHING",
    "Arity",
    "BadCondition",
    "Clause",
    "Condition",
    "Context",
    "Field",
    "FieldSet",
    "Group",
    "Join",
    "Kind",
    "Measure",
    "Operator",
    "RelatedTest",
    "Relation",
    "Span",
    "Test",
    "Unit",
    "UnknownField",
    "ValueKind",
    "check",
    "clauses",
    "compile",
    "dump",
    "measure_operators",
    "moves",
    "operators",
    "parse",
    "schema",
    "stored_json",
    "text",
]
