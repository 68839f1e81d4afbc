"""Phrases of several words that stand for something, and the longest of them at a place in a sentence."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from klantbeeld.platform.conditions.sentences.words import Piece

Meaning = TypeVar("Meaning")


@dataclass
class _Node(Generic[Meaning]):
    meanings: list[Meaning] = field(default_factory=list)
    further: "dict[str, _Node[Meaning]]" = field(default_factory=dict)


class Phrases(Generic[Meaning]):
    """Phrases by the keys of their words. Of two meanings of one phrase neither is found."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], Meaning]] = ()) -> None:
        self._root: _Node[Meaning] = _Node()
        self._meanings: list[Meaning] = []
        for words, meaning in phrases:
            self.add(words, meaning)

    def add(self, words: Sequence[str], meaning: Meaning) -> None:
        """Let these words stand for `meaning`."""
        node = self._root
        for word in words:
            node = node.further.setdefault(word, _Node())
        if meaning not in node.meanings:
            node.meanings.append(meaning)
            self._meanings.append(meaning)

    def knows(self, words: Sequence[str]) -> bool:
        """Say whether exactly these words stand for something."""
        node: _Node[Meaning] | None = self._root
        for word in words:
            node = node.further.get(word) if node else None
        return bool(node and node.meanings)

    def longest(self, pieces: Sequence[Piece], at: int) -> tuple[int, Meaning] | None:
        """Return how many pieces from `at` on make the longest phrase, and what it stands for."""
        node, found = self._root, None
        for place in range(at, len(pieces)):
            following = node.further.get(pieces[place].key)
            if following is None:
                break
            node = following
            if len(node.meanings) == 1:
                found = (place - at + 1, node.meanings[0])
        return found

    def is_clear(self, words: Sequence[str], meaning: Meaning, follows: Callable[[Meaning, str], bool]) -> bool:
        """Say whether these words, which are among the phrases, stand for nothing but `meaning`.

        They do if they have no other one, and no shorter phrase may be followed by the rest of them
        (`follows(its meaning, next word)`)."""
        node = self._root
        for word in words:
            if any(follows(shorter, word) for shorter in node.meanings):
                return False
            node = node.further[word]
        return node.meanings == [meaning]

    def meanings(self) -> list[Meaning]:
        """Return what there are phrases for, in the order in which they were added."""
        return list(self._meanings)

    def first_words(self) -> frozenset[str]:
        """Return the words that a phrase may begin with."""
        return frozenset(self._root.further)
