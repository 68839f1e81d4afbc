"""What a reader has met on its way through a sentence, and what is said when it can't go on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from klantbeeld.platform.conditions.errors import BadCondition
from klantbeeld.platform.conditions.fields import Field
from klantbeeld.platform.conditions.operators import Operator
from klantbeeld.platform.conditions.sentences.phrases import Phrases
from klantbeeld.platform.conditions.sentences.vocabulary import Vocabulary


class Turn(StrEnum):
    """What may come at a place in a sentence."""

    TERM = "term"
    OPERATOR = "operator"
    VALUE = "value"
    UNIT = "unit"
    ROWS = "rows"
    WHICH = "which"
    JOINER = "joiner"


@dataclass(frozen=True)
class Point:
    """A place where something was expected: what, and of which words."""

    turn: Turn
    offset: int
    vocabulary: Vocabulary
    field: Field | None = None
    operator: Operator | None = None
    operators: Phrases[Operator] | None = None
    open: int = 0


class BadSentence(BadCondition):
    """A sentence that can't be read: `offset` is where in it, `length` how much of it is meant, `expected` what could
    stand there instead (words as they can be typed; may be empty)."""

    def __init__(self, message: str, offset: int, length: int = 0, expected: Iterable[str] = ()) -> None:
        super().__init__("", message)
        self.offset, self.length, self.expected = offset, length, tuple(expected)


def listed(words: Sequence[str], most: int = 12) -> str:
    """Return words for a message, the first few of many."""
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")
