"""A condition as people read it: chips for the bar above a list, and one sentence.

Every operator has words of its own within its kind, so that a sentence can be read back.
"""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from babel import Locale
from django.utils.translation import override, pgettext

from klantbeeld.platform.conditions.fields import FieldSet
from klantbeeld.platform.conditions.operators import Operator
from klantbeeld.platform.conditions.resolving import Comparison, resolve, resolve_related
from klantbeeld.platform.conditions.sentences.grammar import grammar
from klantbeeld.platform.conditions.sentences.normal_form import normal
from klantbeeld.platform.conditions.sentences.phrases import Phrases
from klantbeeld.platform.conditions.sentences.speech import Speech
from klantbeeld.platform.conditions.sentences.spelling import Spelling
from klantbeeld.platform.conditions.sentences.vocabulary import Subject, Vocabulary, within
from klantbeeld.platform.conditions.tree import Condition, Group, Join, Measure, RelatedTest, Test
from klantbeeld.platform.conditions.wording import Resolver, Wording, count_words, figure


@dataclass(frozen=True)
class Clause:
    """One chip: the JSON Pointer of its part of the tree, the word that joins it to the chip before ("" for the first),
    and its words: field, operator and value apart, and `text` in full. Of related rows that only have to
    be there "has" is the field and the rows are the operator. A group within has only `text`."""

    path: str
    joiner: str
    field: str
    operator: str
    value: str
    text: str


def clauses(
    condition: Condition,
    fieldset: FieldSet,
    locale: str,
    resolve: Resolver | None = None,
    timezone: tzinfo = UTC,
    currency: str = "EUR",
) -> list[Clause]:
    """Return the chips of a condition in the language of `locale` ("en", "nl").

    `resolve(field, id)` returns the name of a user or a linked record, or None if the reader may not know it.
    Times are shown in `timezone`, amounts in `currency` (ISO 4217). Raises BadCondition as `check` does.
    """
    with override(locale):
        speaker, words = _speaker(locale, resolve, timezone, currency), Vocabulary(fieldset, grammar())
        if isinstance(condition, Group) and condition.join is not Join.NONE:
            word = _joiner(condition.join)
            return [
                speaker.clause(part, words, f"/{condition.join}/{i}", word if i else "")
                for i, part in enumerate(condition.parts)
            ]
        return [speaker.clause(condition, words, "", "")]


def text(
    condition: Condition,
    fieldset: FieldSet,
    locale: str,
    resolve: Resolver | None = None,
    timezone: tzinfo = UTC,
    currency: str = "EUR",
) -> str:
    """Return the whole condition as one sentence without a full stop, to be looked at; takes and raises what `clauses`
    does."""
    with override(locale):
        speaker = _speaker(locale, resolve, timezone, currency)
        return speaker.whole(condition, Vocabulary(fieldset, grammar()), "")


def write(condition: Condition, fieldset: FieldSet, speech: Speech) -> str:
    """Return the whole condition as a sentence that `read` reads back as its normal form: what would be read as
    something else stands between quotes or in brackets. Raises BadCondition as `check` does."""
    with override(speech.language):
        words = Vocabulary(fieldset, grammar())
        wording = Wording(speech.locale, speech.timezone, speech.names.name, speech.currency)
        speaker = _Speaker(wording, Spelling(words.grammar, speech.names))
        return speaker.whole(normal(condition, fieldset), words, "")


def _speaker(locale: str, resolver: Resolver | None, timezone: tzinfo, currency: str) -> "_Speaker":
    return _Speaker(Wording(Locale.parse(locale.replace("-", "_")), timezone, resolver, currency))


def _joiner(join: Join) -> str:
    return pgettext("condition", "and") if join is Join.ALL else pgettext("condition", "or")


@dataclass(frozen=True)
class _Speaker:
    """Says conditions; with a `spelling` such that they are read back."""

    wording: Wording
    spelling: Spelling | None = None

    def clause(self, condition: Condition, words: Vocabulary, at: str, joiner: str) -> Clause:
        if isinstance(condition, Group):
            inner = self.group(condition, words, at)
            whole = inner if condition.join is Join.NONE or not condition.parts else f"({inner})"
            return Clause(at, joiner, "", "", "", whole)
        if isinstance(condition, RelatedTest):
            return self._related(condition, words, at, joiner)
        return self._test(condition, words, at, joiner)

    def group(self, group: Group, words: Vocabulary, at: str) -> str:
        if not group.parts:
            return words.grammar.everything
        if group.join is Join.NONE:
            return f"{words.grammar.negation} ({self._inside(group, words, at)})"
        said = [self.clause(part, words, f"{at}/{group.join}/{i}", "").text for i, part in enumerate(group.parts)]
        return f" {_joiner(group.join)} ".join(said)

    def _inside(self, group: Group, words: Vocabulary, at: str) -> str:
        if len(group.parts) == 1:
            return self.whole(group.parts[0], words, f"{at}/none/0")
        return self.group(Group(Join.ANY, group.parts), words, at)

    def _test(self, test: Test, words: Vocabulary, at: str, joiner: str) -> Clause:
        comparison = resolve(test, words.fieldset, at)
        subject = self._subject(Subject(test.field), words, within(comparison.field.label))
        operator, value = self._operation(comparison, words.grammar.operators[comparison.field.kind])
        return Clause(at, joiner, subject, operator, value, text=_spoken(subject, operator, value))

    def _subject(self, subject: Subject, words: Vocabulary, plainly: str) -> str:
        return plainly if self.spelling is None else words.spelled(subject)

    def _operation(self, comparison: Comparison, known: Phrases[Operator]) -> tuple[str, str]:
        spelled = self.spelling.values(comparison, known) if self.spelling else None
        return self.wording.operator(comparison), self.wording.value(comparison) if spelled is None else spelled

    def _related(self, test: RelatedTest, words: Vocabulary, at: str, joiner: str) -> Clause:
        related = resolve_related(test, words.fieldset, at)
        rows, which = within(related.relation.label), ""
        inner = words.within(related.relation)
        if test.where is not None:
            which = f" {words.grammar.which} ({self.whole(test.where, inner, f'{at}/where')})"
        comparison = related.comparison
        if comparison is None:
            verb = words.grammar.having if test.value else words.grammar.having_none
            subject = Subject(relation=test.related, exists=bool(test.value))
            said = self._subject(subject, words, f"{verb} {rows}")
            return Clause(at, joiner, verb, rows + which, "", text=said + which)
        operator, value = self._operation(comparison, words.grammar.measures[comparison.field.kind])
        if test.measure is Measure.COUNT:
            operator = count_words(comparison.operator)
            counted = (rows if self.spelling is None else words.spelled_rows(test.related)) + which
            return Clause(at, joiner, rows + which, operator, value, text=_spoken(operator, value, counted))
        words_of_it = figure(test.measure, comparison.field.kind)
        said = words_of_it % {"field": within(comparison.field.label), "rows": rows}
        said = self._subject(Subject(test.field, test.related, test.measure), words, said) + which
        return Clause(at, joiner, said, operator, value, text=_spoken(said, operator, value))

    def whole(self, condition: Condition, words: Vocabulary, at: str) -> str:
        if isinstance(condition, Group):
            return self.group(condition, words, at)
        return self.clause(condition, words, at, "").text


def _spoken(*words: str) -> str:
    return " ".join(word for word in words if word)
