"""The second half of a test in a sentence: its operator and the values that it takes."""

from collections.abc import Callable
from typing import NoReturn

from django.utils.translation import gettext as _

from klantbeeld.platform.conditions import limits
from klantbeeld.platform.conditions.fields import Field, Kind
from klantbeeld.platform.conditions.operators import Arity, Operator, ValueKind
from klantbeeld.platform.conditions.sentences.cursor import Cursor
from klantbeeld.platform.conditions.sentences.phrases import Phrases
from klantbeeld.platform.conditions.sentences.reading_values import (
    Misread,
    read_choice,
    read_moment,
    read_number,
    read_reference,
)
from klantbeeld.platform.conditions.sentences.trail import Turn, listed
from klantbeeld.platform.conditions.sentences.vocabulary import Vocabulary, within
from klantbeeld.platform.conditions.sentences.words import Piece, Sort, alike
from klantbeeld.platform.conditions.tree import Scalar, Span, Value

_WITHOUT_COMMAS = (ValueKind.TEXT, ValueKind.CHOICE, ValueKind.REFERENCE)


class Operands:
    """Reads operators and values at a cursor."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor

    def operator(self, vocabulary: Vocabulary, field: Field, known: Phrases[Operator]) -> Operator:
        """Read an operator of this field."""
        cursor = self.cursor
        cursor.expect(Turn.OPERATOR, vocabulary, field=field, operators=known)
        found = known.longest(cursor.pieces, cursor.at)
        if found is None:
            labels = list(dict.fromkeys(str(each.label) for each in known.meanings()))
            message = _("After “%(field)s” comes one of: %(names)s.")
            cursor.refuse(message % {"field": within(field.label), "names": listed(labels)}, labels)
        count, operator = found
        cursor.at += count
        return operator

    def value(self, vocabulary: Vocabulary, field: Field, operator: Operator, counting: bool = False) -> Value:
        """Read what the operator takes; a count ends where its rows begin (`counting`)."""

        def one() -> Scalar:
            self.cursor.expect(Turn.VALUE, vocabulary, field=field, operator=operator)
            return self._one(field, operator, counting)

        if operator.arity is Arity.NONE:
            return None
        if operator.value_kind is ValueKind.SPAN:
            return self._span(vocabulary, field, operator)
        if operator.arity is Arity.ONE:
            return one()
        if operator.arity is Arity.TWO:
            low = one()
            if not self.cursor.takes_word(self.cursor.grammar.between):
                word = self.cursor.grammar.between
                self.cursor.refuse(_("Expected “%(word)s” and a second value here.") % {"word": word}, [word])
            return low, one()
        return self._many(one)

    def _many(self, one: Callable[[], Scalar]) -> Value:
        found = [one()]
        while self.cursor.takes_mark(","):
            if len(found) >= limits.LIST_VALUES:
                self.cursor.refuse(_("A list may have %(most)d values, not more.") % {"most": limits.LIST_VALUES})
            found.append(one())
        return tuple(found)

    def _one(self, field: Field, operator: Operator, counting: bool) -> Scalar:
        cursor = self.cursor
        start, first = cursor.offset, cursor.next
        if first is None or cursor.joiner() or first.sort in (Sort.MARK, Sort.UNCLOSED):
            self._no_value(field, operator)
        if first.sort in (Sort.QUOTED, Sort.BRACKET):
            cursor.at += 1
            text = first.text
        else:
            text = self._words(commas=operator.value_kind not in _WITHOUT_COMMAS, counting=counting)
        try:
            return self._meant(field, operator, text, first)
        except Misread as problem:
            cursor.refuse(problem.message, problem.expected, start)

    def _no_value(self, field: Field, operator: Operator) -> NoReturn:
        first = self.cursor.next
        if first is not None and first.sort is Sort.UNCLOSED:
            self.cursor.refuse(_("What begins with %(sign)s here has no end.") % {"sign": first.key})
        labels = [str(label) for _key, label in field.choices]
        if labels:
            message = _("Expected a value of “%(field)s” here, one of: %(names)s.")
            self.cursor.refuse(message % {"field": within(field.label), "names": listed(labels)}, labels)
        self.cursor.refuse(_("Expected a value after “%(operator)s”.") % {"operator": operator.label})

    def _words(self, commas: bool, counting: bool) -> str:
        """The text up to the next joiner or mark; of a count, up to the first word that doesn't belong to a number."""
        cursor, start, end = self.cursor, self.cursor.offset, self.cursor.offset
        while (piece := cursor.next) is not None:
            comma = commas and piece.key == ","
            if cursor.joiner() or not (piece.sort is Sort.WORD or comma) or (counting and _begins_rows(piece)):
                break
            end = piece.end
            cursor.at += 1
        return cursor.sentence[start:end]

    def _meant(self, field: Field, operator: Operator, text: str, first: Piece) -> Scalar:
        speech, named = self.cursor.speech, first.sort is Sort.QUOTED
        match operator.value_kind:
            case ValueKind.TEXT:
                return self._text(text, first, operator)
            case ValueKind.NUMBER:
                return read_number(text, speech, field.kind is Kind.MONEY)
            case ValueKind.DAY | ValueKind.MOMENT:
                return read_moment(text, speech, days_only=operator.value_kind is ValueKind.DAY)
            case ValueKind.BOOLEAN:
                return self._boolean(text)
            case ValueKind.CHOICE:
                return text if first.sort is Sort.BRACKET else read_choice(text, field)
            case _:
                return read_reference(text, field, speech, named)

    def _text(self, text: str, first: Piece, operator: Operator) -> str:
        following = self.cursor.next
        if first.sort is Sort.BRACKET:
            raise Misread(_("Put a text with brackets between quotes."))
        if following is not None and following.key == "," and operator.arity is Arity.ONE:
            raise Misread(_("Put a text with a comma between quotes, or ask for one of several values."))
        return text

    def _boolean(self, text: str) -> bool:
        known = self.cursor.grammar.booleans
        found = known.get(alike(text))
        if found is None:
            words = {"given": text[:40], "names": listed(list(known))}
            raise Misread(_("“%(given)s” isn't one of: %(names)s.") % words, list(known))
        return found

    def _span(self, vocabulary: Vocabulary, field: Field, operator: Operator) -> Span:
        cursor = self.cursor
        cursor.expect(Turn.VALUE, vocabulary, field=field, operator=operator)
        n, piece = 1, cursor.next
        if piece is not None and piece.text.isdecimal():
            if len(piece.text) > 6 or not 0 < int(piece.text) <= limits.SPAN:
                cursor.refuse(_("Expected a whole number from 1 to %(most)d.") % {"most": limits.SPAN})
            n, piece = int(piece.text), self._after()
            cursor.expect(Turn.UNIT, vocabulary, field=field, operator=operator)
        units = cursor.grammar.units
        unit = units.get(piece.key) if piece is not None and piece.sort is Sort.WORD else None
        if unit is None:
            words = list(dict.fromkeys(units))
            cursor.refuse(_("Expected a length of time, such as 3 %(unit)s.") % {"unit": words[-1]}, words)
        cursor.at += 1
        return Span(n, unit)

    def _after(self) -> Piece | None:
        self.cursor.at += 1
        return self.cursor.next


def _begins_rows(piece: Piece) -> bool:
    return piece.sort is not Sort.MARK and piece.text[:1].isalpha()
