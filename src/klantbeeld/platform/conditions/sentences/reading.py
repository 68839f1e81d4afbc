"""A sentence to a tree.

sentence = all-of { "or" all-of }             all-of = unit { "and" unit }
unit     = "(" sentence ")" | "not" unit | "everything" | test
test     = field operator [value]
         | ("has" | "has no") rows [which]    | count-operator number rows [which]
         | figure [which] operator value      figure = "sum of" field "of" rows, ...
which    = ["with"] (test | "(" sentence ")")
"""

from contextlib import suppress
from typing import NoReturn

from django.utils.translation import gettext as _
from django.utils.translation import override

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.errors import BadCondition
from klantbeeld.platform.conditions.fields import FieldSet, Relation
from klantbeeld.platform.conditions.parsing import parse
from klantbeeld.platform.conditions.resolving import COUNTED
from klantbeeld.platform.conditions.sentences.cursor import Cursor
from klantbeeld.platform.conditions.sentences.grammar import grammar
from klantbeeld.platform.conditions.sentences.normal_form import group, normal
from klantbeeld.platform.conditions.sentences.operands import Operands
from klantbeeld.platform.conditions.sentences.speech import Speech
from klantbeeld.platform.conditions.sentences.trail import BadSentence, Point, Turn, listed
from klantbeeld.platform.conditions.sentences.vocabulary import Counted, Fixed, Subject, Vocabulary, within
from klantbeeld.platform.conditions.sentences.words import Sort
from klantbeeld.platform.conditions.tree import EVERYTHING, Condition, Join, Measure, RelatedTest, Test, dump

_DEEPEST = 2 * limits.DEPTH


def read(sentence: str, fieldset: FieldSet, speech: Speech) -> Condition:
    """Return the condition that a sentence says, in its normal form (see `normal`).

    Whatever comes in, only BadSentence comes out: with the place, and what was expected there. A field that isn't in
    the field set is refused as one that doesn't exist.
    """
    with override(speech.language):
        return _Reader(sentence, speech).whole(Vocabulary(fieldset, grammar()))


def trail(sentence: str, fieldset: FieldSet, speech: Speech) -> list[Point]:
    """Return the places of a sentence at which something was expected, as far as it can be read."""
    with override(speech.language):
        reader = _Reader(sentence, speech)
        with suppress(BadSentence):  # what could have come there is in the trail
            reader.whole(Vocabulary(fieldset, grammar()))
        return reader.cursor.points


class _Reader:
    def __init__(self, sentence: str, speech: Speech) -> None:
        self.cursor = Cursor(sentence[: limits.SENTENCE], grammar(), speech)
        self.too_long = len(sentence) > limits.SENTENCE
        self.operands = Operands(self.cursor)
        self.tests = 0

    def whole(self, vocabulary: Vocabulary) -> Condition:
        if self.too_long:
            message = _("A sentence may be %(most)d characters long, not longer.") % {"most": limits.SENTENCE}
            raise BadSentence(message, limits.SENTENCE)
        found = self._any(vocabulary, 0, 0)
        if self.cursor.next is not None:
            words = [*self.cursor.grammar.joiners]
            shown = {"names": listed(words), "found": self.cursor.next.text[:40]}
            self.cursor.refuse(_("Expected one of %(names)s or the end here, not “%(found)s”.") % shown, words)
        try:
            return normal(parse(dump(found)), vocabulary.fieldset)
        except BadCondition as problem:
            raise BadSentence(problem.message, 0, len(self.cursor.sentence)) from None

    def _any(self, vocabulary: Vocabulary, depth: int, related: int) -> Condition:
        parts = [self._all(vocabulary, depth, related)]
        while self.cursor.joiner() is Join.ANY:
            self.cursor.at += 1
            parts.append(self._all(vocabulary, depth, related))
        return group(Join.ANY, tuple(parts))

    def _all(self, vocabulary: Vocabulary, depth: int, related: int) -> Condition:
        parts = [self._unit(vocabulary, depth, related)]
        while self.cursor.joiner() is Join.ALL:
            self.cursor.at += 1
            parts.append(self._unit(vocabulary, depth, related))
        return group(Join.ALL, tuple(parts))

    def _unit(self, vocabulary: Vocabulary, depth: int, related: int) -> Condition:
        cursor = self.cursor
        if depth > _DEEPEST:
            cursor.refuse(_("Conditions may be nested %(most)d deep, not deeper.") % {"most": limits.DEPTH})
        cursor.expect(Turn.TERM, vocabulary)
        if cursor.next is not None and cursor.next.key == "(":
            found = self._parenthesis(vocabulary, depth, related)
        else:
            found = self._test(vocabulary, depth, related)
        cursor.expect(Turn.JOINER, vocabulary)
        return found

    def _parenthesis(self, vocabulary: Vocabulary, depth: int, related: int) -> Condition:
        start = self.cursor.offset
        self.cursor.at += 1
        self.cursor.open += 1
        found = self._any(vocabulary, depth + 1, related)
        if not self.cursor.takes_mark(")"):
            if self.cursor.next is None:
                raise BadSentence(_("The parenthesis that opens here isn't closed."), start, 1, [")"])
            words = [*self.cursor.grammar.joiners, ")"]
            shown = {"names": listed(words), "found": self.cursor.next.text[:40]}
            self.cursor.refuse(_("Expected one of %(names)s here, not “%(found)s”.") % shown, words)
        self.cursor.open -= 1
        return found

    def _test(self, vocabulary: Vocabulary, depth: int, related: int) -> Condition:
        cursor, start = self.cursor, self.cursor.offset
        found = vocabulary.terms.longest(cursor.pieces, cursor.at)
        if found is None:
            self._unknown(vocabulary)
        count, meaning = found
        cursor.at += count
        if meaning is Fixed.NOT:
            return group(Join.NONE, (self._unit(vocabulary, depth + 1, related),))
        if meaning is Fixed.EVERYTHING:
            return EVERYTHING
        self._count(start)
        if isinstance(meaning, Counted):
            return self._counted(vocabulary, meaning, depth, related)
        if isinstance(meaning, Subject) and meaning.relation is not None:
            return self._related(vocabulary, meaning, depth, related)
        return self._field(vocabulary, str(getattr(meaning, "field", "")), start)

    def _unknown(self, vocabulary: Vocabulary) -> NoReturn:
        fields = list(vocabulary.fieldset.fields.values())
        labels = [within(each.label) for each in fields]
        piece = self.cursor.next
        if piece is None or piece.sort is Sort.MARK or self.cursor.joiner():
            message = _("Expected a condition here, such as one about: %(names)s.")
            self.cursor.refuse(message % {"names": listed(labels)}, labels)
        if piece.sort is Sort.UNCLOSED:
            self.cursor.refuse(_("What begins with %(sign)s here has no end.") % {"sign": piece.key})
        message = _("There is no field “%(name)s” here.") % {"name": piece.text[:40]}
        self.cursor.refuse(message, labels)

    def _count(self, start: int) -> None:
        self.tests += 1
        if self.tests > limits.LEAVES:
            message = _("At most %(most)d conditions fit in one filter.") % {"most": limits.LEAVES}
            self.cursor.refuse(message, start=start)

    def _field(self, vocabulary: Vocabulary, name: str, start: int) -> Condition:
        field = vocabulary.fieldset.field(name)
        operator = self.operands.operator(vocabulary, field, self.cursor.grammar.operators[field.kind])
        place = self.cursor.offset
        test = Test(name, operator.name, self.operands.value(vocabulary, field, operator))
        return self._checked(test, vocabulary, place)

    def _checked(self, test: Test | RelatedTest, vocabulary: Vocabulary, place: int) -> Condition:
        try:
            return normal(parse(dump(test)), vocabulary.fieldset)
        except BadCondition as problem:
            self.cursor.refuse(problem.message, start=place)

    def _counted(self, vocabulary: Vocabulary, meaning: Counted, depth: int, related: int) -> Condition:
        cursor, place = self.cursor, self.cursor.offset
        operator = next(each for each in cursor.grammar.counting if each.name == meaning.operator)
        value = self.operands.value(vocabulary, COUNTED, operator, counting=True)
        cursor.expect(Turn.ROWS, vocabulary)
        found = vocabulary.rows.longest(cursor.pieces, cursor.at)
        if found is None:
            labels = [within(each.label) for each in vocabulary.fieldset.relations.values()]
            cursor.refuse(_("Expected what is counted here, one of: %(names)s.") % {"names": listed(labels)}, labels)
        count, name = found
        cursor.at += count
        self._checked(RelatedTest(name, None, Measure.COUNT, None, operator.name, value), vocabulary, place)
        where = self._where(vocabulary, vocabulary.fieldset.relation(name), depth, related)
        return RelatedTest(name, where, Measure.COUNT, None, operator.name, value)

    def _related(self, vocabulary: Vocabulary, meaning: Subject, depth: int, related: int) -> Condition:
        relation = vocabulary.fieldset.relation(meaning.relation or "")
        if meaning.measure is None:
            where = self._where(vocabulary, relation, depth, related)
            return RelatedTest(relation.name, where, Measure.EXISTS, value=bool(meaning.exists))
        where = self._where(vocabulary, relation, depth, related, bare=False)
        rows = vocabulary.within(relation)
        field = rows.fieldset.field(meaning.field or "")
        operator = self.operands.operator(rows, field, self.cursor.grammar.measures[field.kind])
        place = self.cursor.offset
        value = self.operands.value(rows, field, operator)
        test = RelatedTest(relation.name, None, meaning.measure, field.name, operator.name, value)
        self._checked(test, vocabulary, place)
        return RelatedTest(relation.name, where, meaning.measure, field.name, operator.name, value)

    def _where(
        self, vocabulary: Vocabulary, relation: Relation, depth: int, related: int, bare: bool = True
    ) -> Condition | None:
        """What the rows have to meet, if anything is said of it; if `bare`, without the word that leads to it, too."""
        cursor = self.cursor
        rows = vocabulary.within(relation)
        if related + 1 > limits.RELATED_DEPTH:
            message = _("Relations may be followed %(most)d steps, not further.") % {"most": limits.RELATED_DEPTH}
            cursor.refuse(message, start=cursor.pieces[cursor.at - 1].start)
        cursor.expect(Turn.WHICH, rows)
        if not cursor.takes_word(cursor.grammar.which):
            starts = cursor.joiner() is None and rows.terms.longest(cursor.pieces, cursor.at) is not None
            if not (bare and starts):
                return None
        return self._unit(rows, depth + 1, related + 1)
