"""The door of the condition language: read a condition, check it, compile it, say it, and describe it."""

from klantbeeld.platform.conditions.compiler import compile
from klantbeeld.platform.conditions.context import Context
from klantbeeld.platform.conditions.errors import BadCondition, UnknownField
from klantbeeld.platform.conditions.fields import Field, FieldSet, Kind, Relation
from klantbeeld.platform.conditions.operators import (
    MEASURED_KINDS,
    Arity,
    Operator,
    ValueKind,
    measure_operators,
    operators,
)
from klantbeeld.platform.conditions.parsing import parse
from klantbeeld.platform.conditions.periods import moves
from klantbeeld.platform.conditions.resolving import check
from klantbeeld.platform.conditions.schema import schema
from klantbeeld.platform.conditions.sentence import Clause, clauses, text, write
from klantbeeld.platform.conditions.sentences.completing import Suggestion, complete
from klantbeeld.platform.conditions.sentences.grammar import joiner_word
from klantbeeld.platform.conditions.sentences.normal_form import normal
from klantbeeld.platform.conditions.sentences.reading import read
from klantbeeld.platform.conditions.sentences.speech import Names, Speech
from klantbeeld.platform.conditions.sentences.trail import BadSentence
from klantbeeld.platform.conditions.sentences.vocabulary import within
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
from klantbeeld.platform.conditions.wording import count_words, figure

__all__ = [
    "EVERYTHING",
    "MEASURED_KINDS",
    "Arity",
    "BadCondition",
    "BadSentence",
    "Clause",
    "Condition",
    "Context",
    "Field",
    "FieldSet",
    "Group",
    "Join",
    "Kind",
    "Measure",
    "Names",
    "Operator",
    "RelatedTest",
    "Relation",
    "Span",
    "Speech",
    "Suggestion",
    "Test",
    "Unit",
    "UnknownField",
    "ValueKind",
    "check",
    "clauses",
    "compile",
    "complete",
    "count_words",
    "dump",
    "figure",
    "joiner_word",
    "measure_operators",
    "moves",
    "normal",
    "operators",
    "parse",
    "read",
    "schema",
    "stored_json",
    "text",
    "within",
    "write",
]
