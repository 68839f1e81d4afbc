"""What could come next while a sentence is typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import override

from klantbeeld.platform.conditions.fields import FieldSet, Kind
from klantbeeld.platform.conditions.operators import ValueKind
from klantbeeld.platform.conditions.sentences.reading import trail
from klantbeeld.platform.conditions.sentences.reading_values import is_id
from klantbeeld.platform.conditions.sentences.speech import Speech
from klantbeeld.platform.conditions.sentences.spelling import Spelling
from klantbeeld.platform.conditions.sentences.trail import Point, Turn
from klantbeeld.platform.conditions.sentences.words import alike, bracketed
from klantbeeld.platform.conditions.wording import count_words

MOST = 12
# How far back the beginning of what is being typed may be: a value may be the beginning of a longer operator.
_BACK = 3


class What(StrEnum):
    """What a suggestion is, to be shown beside it."""

    FIELD = "field"
    RELATED = "related"
    OPERATOR = "operator"
    VALUE = "value"
    JOINER = "joiner"


@dataclass(frozen=True)
class Suggestion:
    """Words that may stand in the sentence instead of what is between `start` and `end`; `label` is what is shown for
    them, which differs where a name alone wouldn't say who is meant."""

    text: str
    label: str
    what: What
    start: int
    end: int


def complete(sentence: str, offset: int, fieldset: FieldSet, speech: Speech) -> list[Suggestion]:
    """Return what could be typed at `offset` in a sentence, at most a dozen, the likeliest first.

    Only what the field set holds and what the speaker's names tell is suggested.
    """
    typed = sentence[: max(offset, 0)]
    found: dict[str, Suggestion] = {}
    with override(speech.language):
        points = [each for each in trail(typed, fieldset, speech)[-_BACK:] if _is_open(each, typed)]
        for contained in (False, True):
            for point in reversed(points):
                begun = alike(typed[point.offset :])
                for text, what, label in _options(point, begun, speech):
                    if _fits(label, begun, contained) and len(found) < MOST:
                        found.setdefault(text, Suggestion(text, label, what, point.offset, len(typed)))
    return list(found.values())


def _is_open(point: Point, typed: str) -> bool:
    """Say whether something new may begin at the point: it is the end after a space, or something was begun there."""
    return point.offset < len(typed) or not typed or typed[-1].isspace() or typed[-1] in "(,"


def _fits(text: str, begun: str, contained: bool) -> bool:
    shown = alike(text).lstrip('"')
    begun = begun.lstrip('"')
    if shown == begun:
        return False
    return shown.startswith(begun) if not contained else bool(begun) and f" {begun}" in f" {shown}"


def _options(point: Point, begun: str, speech: Speech) -> Iterator[tuple[str, What, str]]:
    if point.turn is Turn.VALUE:
        return ((text, What.VALUE, label) for text, label in _values(point, begun, speech))
    return ((text, what, text) for text, what in _words(point, begun))


def _words(point: Point, begun: str) -> Iterator[tuple[str, What]]:
    match point.turn:
        case Turn.TERM:
            return _terms(point, begun)
        case Turn.OPERATOR:
            known = point.operators.meanings() if point.operators else []
            return ((str(each.label), What.OPERATOR) for each in known)
        case Turn.UNIT:
            return ((word, What.VALUE) for word in point.vocabulary.grammar.units)
        case Turn.ROWS:
            names = point.vocabulary.fieldset.relations
            return ((point.vocabulary.spelled_rows(name), What.RELATED) for name in names)
        case Turn.WHICH:
            return iter([(f"{point.vocabulary.grammar.which} (", What.RELATED)])
        case _:
            words = [*point.vocabulary.grammar.joiners, *([")"] if point.open else [])]
            return ((word, What.JOINER) for word in words)


def _terms(point: Point, begun: str) -> Iterator[tuple[str, What]]:
    words = point.vocabulary
    for subject in words.subjects:
        if subject.relation is None:
            field = words.fieldset.field(subject.field or "")
            if field.kind is not Kind.UUID:
                yield words.spelled(subject), What.FIELD
        elif subject.measure is None or begun:
            yield words.spelled(subject), What.RELATED
    if words.fieldset.relations:
        yield from ((count_words(each), What.RELATED) for each in words.grammar.counting if begun)
    yield f"{words.grammar.negation} (", What.JOINER


def _values(point: Point, begun: str, speech: Speech) -> Iterator[tuple[str, str]]:
    field, operator = point.field, point.operator
    if field is None or operator is None:
        return
    grammar = point.vocabulary.grammar
    spelling, known = Spelling(grammar, speech.names), grammar.operators[field.kind]
    match operator.value_kind:
        case ValueKind.CHOICE:
            yield from ((spelling.choice(field, operator, key, known), str(label)) for key, label in field.choices)
        case ValueKind.BOOLEAN:
            yield from ((word, word) for word in grammar.booleans)
        case ValueKind.SPAN:
            yield from ((word, word) for word in grammar.units)
        case ValueKind.REFERENCE if not is_id(begun):
            for key, name in speech.names.like(field, begun):
                text = spelling.reference(field, operator, key, known)
                yield text, f"{name} {text}" if text == bracketed(str(key)) else name
