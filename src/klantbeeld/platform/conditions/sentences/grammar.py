"""The words that hold a sentence together in the active language, and the operators by their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, override, pgettext

from klantbeeld.platform.conditions.fields import Kind
from klantbeeld.platform.conditions.operators import Operator, measure_operators, operators
from klantbeeld.platform.conditions.sentences.phrases import Phrases
from klantbeeld.platform.conditions.sentences.words import alike, keys
from klantbeeld.platform.conditions.tree import Join, Unit
from klantbeeld.platform.conditions.wording import article_forms, count_words, unit_words

_SIGNS = {
    "is": "=",
    "is_not": "!=",
    "over": ">",
    "at_least": ">=",
    "under": "<",
    "at_most": "<=",
}


@dataclass(frozen=True)
class Grammar:
    """The words of one language. `joiners` are "and" and "or" by their key, `units` the units of time by theirs;
    `operators` and `measures` the operators of a field and of a figure per kind, `counting` those of a count."""

    language: str
    joiners: Mapping[str, Join]
    negation: str
    everything: str
    having: str
    having_none: str
    which: str
    between: str
    booleans: Mapping[str, bool]
    units: Mapping[str, Unit]
    operators: Mapping[Kind, Phrases[Operator]]
    measures: Mapping[Kind, Phrases[Operator]]
    counting: tuple[Operator, ...]

    def count_keys(self, operator: Operator) -> tuple[str, ...]:
        """Return the keys of an operator's words before a number of rows."""
        return keys(count_words(operator))


def grammar() -> Grammar:
    """Return the grammar of the language that is active now."""
    return _grammar(get_language() or "en")


def joiner_word(join: Join, language: str) -> str:
    """Return the word between the parts of a group in a language; those of "none" are joined by "or"."""
    with override(language):
        return pgettext("condition", "and") if join is Join.ALL else pgettext("condition", "or")


@lru_cache(maxsize=8)
def _grammar(language: str) -> Grammar:
    return Grammar(
        language=language,
        joiners={alike(pgettext("condition", "and")): Join.ALL, alike(pgettext("condition", "or")): Join.ANY},
        negation=pgettext("condition", "not"),
        everything=pgettext("condition", "everything"),
        having=pgettext("condition", "has"),
        having_none=pgettext("condition", "has no"),
        which=pgettext("condition", "with"),
        between=pgettext("condition: between two values", "and"),
        booleans={alike(pgettext("condition", "yes")): True, alike(pgettext("condition", "no")): False},
        units=unit_words(),
        operators={kind: _operators(operators(kind)) for kind in Kind},
        measures={kind: _operators(measure_operators(kind)) for kind in Kind},
        counting=measure_operators(Kind.NUMBER),
    )


def _operators(known: tuple[Operator, ...]) -> Phrases[Operator]:
    """The operators by their words, and by other words that people use for them where these say nothing else yet."""
    phrases = Phrases((keys(str(each.label)), each) for each in known)
    being = keys(pgettext("condition", "is"))
    for each in known:
        others = [keys(form) for form in article_forms(each)]
        if keys(str(each.label))[0] != being[0]:
            others += [(*being, *words) for words in (keys(str(each.label)), *others)]
        if each.name in _SIGNS:
            others.append((_SIGNS[each.name],))
        for words in others:
            if not phrases.knows(words):
                phrases.add(words, each)
    return phrases
