"""Values as they are written in a sentence that is read back: bare where that can be, else between quotes."""

from dataclasses import dataclass
from uuid import UUID

from klantbeeld.platform.conditions.fields import Field
from klantbeeld.platform.conditions.operators import Operator, ValueKind
from klantbeeld.platform.conditions.resolving import Comparison
from klantbeeld.platform.conditions.sentences.grammar import Grammar
from klantbeeld.platform.conditions.sentences.phrases import Phrases
from klantbeeld.platform.conditions.sentences.reading_values import is_id
from klantbeeld.platform.conditions.sentences.speech import Names
from klantbeeld.platform.conditions.sentences.words import alike, bracketed, is_plain, keys, pieces, quoted


@dataclass(frozen=True)
class Spelling:
    """How values are spelled in one language, and whose names may be used."""

    grammar: Grammar
    names: Names

    def values(self, comparison: Comparison, known: Phrases[Operator]) -> str | None:
        """Return the words of texts, choices and references after an operator, one of those `known`; None for the
        kinds of values that are never read as anything else."""
        operator, field = comparison.operator, comparison.field
        if operator.value_kind not in (ValueKind.TEXT, ValueKind.CHOICE, ValueKind.REFERENCE):
            return None
        values = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
        return ", ".join(self._one(field, operator, value, known) for value in values)

    def _one(self, field: Field, operator: Operator, value: object, known: Phrases[Operator]) -> str:
        if isinstance(value, UUID):
            return self.reference(field, operator, value, known)
        if operator.value_kind is ValueKind.CHOICE:
            return self.choice(field, operator, str(value), known)
        return self.text(str(value), operator, known)

    def choice(self, field: Field, operator: Operator, key: str, known: Phrases[Operator]) -> str:
        """Return the words of a choice: its label, or its key where another one has that label, too."""
        label = str(dict(field.choices)[key])
        same = [other for other, its in field.choices if alike(str(its)) == alike(label)]
        return bracketed(key) if len(same) > 1 else self.text(label, operator, known)

    def reference(self, field: Field, operator: Operator, key: UUID, known: Phrases[Operator]) -> str:
        """Return the words of a user or a record: the name, or the id where others have that name, too."""
        name = self.names.name(field, key)
        if name is None:
            return str(key)
        if [found for found, _name in self.names.called(field, name)] != [key]:
            return bracketed(str(key))
        return quoted(name) if is_id(name) else self.text(name, operator, known)

    def text(self, text: str, operator: Operator, known: Phrases[Operator]) -> str:
        """Return a text as it may stand after this operator, one of those `known`."""
        if not is_plain(text):
            return quoted(text)
        words = keys(str(operator.label))
        found = known.longest(pieces(f"{operator.label} {text}"), 0)
        joins = any(piece.key in self.grammar.joiners for piece in pieces(text))
        return quoted(text) if joins or found is None or found[0] != len(words) else text
