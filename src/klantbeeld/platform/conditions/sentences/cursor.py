"""A place in a sentence that is being read, and the way back to what went before."""

from collections.abc import Sequence
from typing import Any, NoReturn

from klantbeeld.platform.conditions.sentences.grammar import Grammar
from klantbeeld.platform.conditions.sentences.speech import Speech
from klantbeeld.platform.conditions.sentences.trail import BadSentence, Point, Turn
from klantbeeld.platform.conditions.sentences.vocabulary import Vocabulary
from klantbeeld.platform.conditions.sentences.words import Piece, Sort, alike, pieces
from klantbeeld.platform.conditions.tree import Join


class Cursor:
    """Goes through the pieces of a sentence and keeps a trail of what was expected where."""

    def __init__(self, sentence: str, grammar: Grammar, speech: Speech) -> None:
        self.sentence, self.grammar, self.speech = sentence, grammar, speech
        self.pieces = pieces(sentence)
        self.at = 0
        self.open = 0
        self.points: list[Point] = []

    @property
    def next(self) -> Piece | None:
        """The piece that is read next, None at the end."""
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    @property
    def offset(self) -> int:
        """Where the next piece begins, or the sentence ends."""
        return self.next.start if self.next else len(self.sentence)

    def expect(self, turn: Turn, vocabulary: Vocabulary, **what: Any) -> None:
        """Leave in the trail what may come here."""
        self.points.append(Point(turn, self.offset, vocabulary, open=self.open, **what))

    def takes_word(self, word: str) -> bool:
        """Step over this word if it comes next, and say whether it did."""
        return self._takes(Sort.WORD, alike(word))

    def takes_mark(self, mark: str) -> bool:
        """Step over this mark if it comes next, and say whether it did."""
        return self._takes(Sort.MARK, mark)

    def _takes(self, sort: Sort, key: str) -> bool:
        found = self.next is not None and self.next.sort is sort and self.next.key == key
        self.at += found
        return found

    def joiner(self) -> Join | None:
        """What the next word joins, if it is "and" or "or"."""
        if self.next is None or self.next.sort is not Sort.WORD:
            return None
        return self.grammar.joiners.get(self.next.key)

    def refuse(self, message: str, expected: Sequence[str] = (), start: int | None = None) -> NoReturn:
        """Raise BadSentence for the next piece, or for all from `start` up to it."""
        if start is not None:
            raise BadSentence(message, start, max(self.pieces[self.at - 1].end - start, 0) if self.at else 0, expected)
        raise BadSentence(message, self.offset, self.next.end - self.next.start if self.next else 0, expected)
