"""What a sentence may begin with on one field set: fields, related rows and figures over them, by their words.

A name that would be read as something else stands between quotes; one that even then isn't alone stands in brackets,
as its name in the JSON.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from klantbeeld.platform.conditions.fields import Field, FieldSet, Relation
from klantbeeld.platform.conditions.operators import MEASURED_KINDS
from klantbeeld.platform.conditions.sentences.grammar import Grammar
from klantbeeld.platform.conditions.sentences.phrases import Phrases
from klantbeeld.platform.conditions.sentences.words import alike, bracketed, is_plain, pieces, quoted
from klantbeeld.platform.conditions.tree import Measure
from klantbeeld.platform.conditions.wording import figure


class Fixed(StrEnum):
    """Beginnings that no field can take over."""

    NOT = "not"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Subject:
    """What a test is about: a field; or rows of a relation, whether there are any (`exists`), or a figure over them."""

    field: str | None = None
    relation: str | None = None
    measure: Measure | None = None
    exists: bool | None = None


@dataclass(frozen=True)
class Counted:
    """The beginning of a test of how many related rows there are."""

    operator: str


Meaning = Fixed | Subject | Counted


def within(label: object) -> str:
    """Return a label as it stands in a sentence: "City" becomes "city", "VAT number" stays."""
    word = str(label)
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


@dataclass(frozen=True)
class Vocabulary:
    """The words of one field set in one language."""

    fieldset: FieldSet
    grammar: Grammar

    @cached_property
    def terms(self) -> Phrases[Meaning]:
        """What a test may begin with."""
        phrases: Phrases[Meaning] = Phrases()
        reserved: dict[tuple[str, ...], Meaning] = {
            (alike(self.grammar.negation),): Fixed.NOT,
            (alike(self.grammar.everything),): Fixed.EVERYTHING,
        }
        reserved |= {self.grammar.count_keys(each): Counted(each.name) for each in self.grammar.counting}
        for words, meaning in reserved.items():
            phrases.add(words, meaning)
        for subject in self.subjects:
            for written in self._ways(subject):
                if (words := _keys(written)) not in reserved:
                    phrases.add(words, subject)
        return phrases

    @cached_property
    def rows(self) -> Phrases[str]:
        """The relations by their words, as they stand after a number."""
        phrases: Phrases[str] = Phrases()
        for relation in self.fieldset.relations.values():
            for written in spellings(relation):
                phrases.add(_keys(written), relation.name)
        return phrases

    @cached_property
    def subjects(self) -> list[Subject]:
        """Everything that a test can be about, counts apart."""
        found = [Subject(field=name) for name in self.fieldset.fields]
        for relation in self.fieldset.relations.values():
            found += [Subject(relation=relation.name, exists=exists) for exists in (True, False)]
            for field in self.within(relation).fieldset.fields.values():
                found += [
                    Subject(field.name, relation.name, measure)
                    for measure, kinds in MEASURED_KINDS.items()
                    if field.kind in kinds
                ]
        return found

    def within(self, relation: Relation) -> "Vocabulary":
        """The words of a relation's rows."""
        found = self._within.get(relation.name)
        if found is None:
            found = self._within[relation.name] = Vocabulary(relation.fields(), self.grammar)
        return found

    @cached_property
    def _within(self) -> "dict[str, Vocabulary]":
        return {}

    def spelled(self, subject: Subject) -> str:
        """Return the words of a subject such that they are read back as the same."""
        ways = list(self._ways(subject))
        return next((way for way in ways if self.terms.is_clear(_keys(way), subject, self._follows)), ways[-1])

    def spelled_rows(self, name: str) -> str:
        """Return the words of a relation after a number."""
        joiners = {*self.grammar.joiners, alike(self.grammar.which)}
        # What begins with a digit or a sign would be taken for more of the number.
        ways = [way for way in spellings(self.fieldset.relation(name)) if way[0] in '"[' or way[0].isalpha()]
        clear = (way for way in ways if self.rows.is_clear(_keys(way), name, lambda _meaning, word: word in joiners))
        return next(clear, ways[-1])

    def _ways(self, subject: Subject) -> Iterator[str]:
        """The ways to write a subject, the one that reads best first."""
        if subject.relation is None:
            yield from spellings(self.fieldset.field(subject.field or ""))
            return
        relation = self.fieldset.relation(subject.relation)
        if subject.measure is None:
            verb = self.grammar.having if subject.exists else self.grammar.having_none
            yield from (f"{verb} {rows}" for rows in spellings(relation))
            return
        field = self.within(relation).fieldset.field(subject.field or "")
        words = figure(subject.measure, field.kind)
        pairs = [(one, rows) for one in spellings(field) for rows in spellings(relation)]
        yield from (words % {"field": one, "rows": rows} for one, rows in pairs)

    def _follows(self, meaning: Meaning, word: str) -> bool:
        """Say whether `word` may come after the words of `meaning`."""
        joiners = self.grammar.joiners
        if isinstance(meaning, Counted):
            return word[0].isdigit() or word[0] in "-−"
        if isinstance(meaning, Fixed):
            return meaning is Fixed.EVERYTHING and word in joiners
        if meaning.relation is None:
            kind = self.fieldset.field(meaning.field or "").kind
            return word in self.grammar.operators[kind].first_words()
        if meaning.measure is None:
            return word in joiners or word == alike(self.grammar.which)
        kind = self.within(self.fieldset.relation(meaning.relation)).fieldset.field(meaning.field or "").kind
        return word == alike(self.grammar.which) or word in self.grammar.measures[kind].first_words()


def spellings(item: Field | Relation) -> Iterator[str]:
    """The ways to write a field or a relation: bare if it can be, between quotes, and by its name."""
    label = str(item.label)
    if is_plain(within(label)) and alike(within(label)) == alike(label):
        yield within(label)
    yield quoted(label)
    yield bracketed(item.name)


def _keys(written: str) -> tuple[str, ...]:
    return tuple(piece.key for piece in pieces(written))
