"""A condition as people read it: chips for the bar above a list, and one sentence.

Every operator has words of its own within its kind, so that a sentence can be read back.
"""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from babel import Locale
from django.utils.translation import override, pgettext

from klantbeeld.platform.conditions.fields import FieldSet, Kind
from klantbeeld.platform.conditions.resolving import Comparison, resolve, resolve_related
from klantbeeld.platform.conditions.tree import Condition, Group, Join, Measure, RelatedTest, Test
from klantbeeld.platform.conditions.wording import Resolver, Wording


@dataclass(frozen=True)
class Clause:
    """One chip: the JSON Pointer of its part of the tree, the word that joins it to the chip before ("" for the first),
    and its words: field, operator and value apart, and `text` in full. A group within has only `text`."""

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
        speaker = _speaker(locale, resolve, timezone, currency)
        if isinstance(condition, Group) and condition.join is not Join.NONE:
            word = _joiner(condition.join)
            return [
                speaker.clause(part, fieldset, f"/{condition.join}/{i}", word if i else "")
                for i, part in enumerate(condition.parts)
            ]
        return [speaker.clause(condition, fieldset, "", "")]


def text(
    condition: Condition,
    fieldset: FieldSet,
    locale: str,
    resolve: Resolver | None = None,
    timezone: tzinfo = UTC,
    currency: str = "EUR",
) -> str:
    """Return the whole condition as one sentence without a full stop; takes and raises what `clauses` does."""
    with override(locale):
        speaker = _speaker(locale, resolve, timezone, currency)
        return speaker.whole(condition, fieldset, "")


def _speaker(locale: str, resolver: Resolver | None, timezone: tzinfo, currency: str) -> "_Speaker":
    return _Speaker(Wording(Locale.parse(locale.replace("-", "_")), timezone, resolver, currency))


def _joiner(join: Join) -> str:
    return pgettext("condition", "and") if join is Join.ALL else pgettext("condition", "or")


def _within(label: object) -> str:
    """Return a label as it stands in a sentence: "City" becomes "city", "VAT number" stays."""
    word = str(label)
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


@dataclass(frozen=True)
class _Speaker:
    wording: Wording

    def clause(self, condition: Condition, fieldset: FieldSet, at: str, joiner: str) -> Clause:
        if isinstance(condition, Group):
            inner = self.group(condition, fieldset, at)
            whole = inner if condition.join is Join.NONE or not condition.parts else f"({inner})"
            return Clause(at, joiner, "", "", "", whole)
        if isinstance(condition, RelatedTest):
            return self._related(condition, fieldset, at, joiner)
        return self._test(condition, fieldset, at, joiner)

    def group(self, group: Group, fieldset: FieldSet, at: str) -> str:
        if not group.parts:
            return pgettext("condition", "everything")
        words = [self.clause(part, fieldset, f"{at}/{group.join}/{i}", "").text for i, part in enumerate(group.parts)]
        joined = f" {_joiner(group.join)} ".join(words)
        if group.join is Join.NONE:
            return pgettext("condition", "not (%(conditions)s)") % {"conditions": joined}
        return joined

    def _test(self, test: Test, fieldset: FieldSet, at: str, joiner: str) -> Clause:
        comparison = resolve(test, fieldset, at)
        words = (_within(comparison.field.label), *self._operation(comparison))
        return Clause(at, joiner, *words, text=_spoken(*words))

    def _operation(self, comparison: Comparison) -> tuple[str, str]:
        return self.wording.operator(comparison), self.wording.value(comparison)

    def _related(self, test: RelatedTest, fieldset: FieldSet, at: str, joiner: str) -> Clause:
        related = resolve_related(test, fieldset, at)
        rows = _within(related.relation.label)
        if test.where is not None:
            where = self.whole(test.where, related.fields, f"{at}/where")
            rows = pgettext("condition", "%(rows)s with (%(conditions)s)") % {"rows": rows, "conditions": where}
        comparison = related.comparison
        if comparison is None:
            verb = pgettext("condition", "has") if test.value else pgettext("condition", "has no")
            return Clause(at, joiner, rows, verb, "", text=_spoken(verb, rows))
        operator, value = self._operation(comparison)
        if test.measure is Measure.COUNT:
            operator = _COUNT_WORDS.get(comparison.operator.name, lambda: operator)()
            return Clause(at, joiner, rows, operator, value, text=_spoken(operator, value, rows))
        figure = _figure(test.measure, comparison.field.kind) % {
            "field": _within(comparison.field.label),
            "rows": rows,
        }
        return Clause(at, joiner, figure, operator, value, text=_spoken(figure, operator, value))

    def whole(self, condition: Condition, fieldset: FieldSet, at: str) -> str:
        if isinstance(condition, Group):
            return self.group(condition, fieldset, at)
        return self.clause(condition, fieldset, at, "").text


_COUNT_WORDS = {
    "is": lambda: pgettext("condition", "exactly"),
    "is_not": lambda: pgettext("condition", "not exactly"),
}


def _spoken(*words: str) -> str:
    return " ".join(word for word in words if word)


def _figure(measure: Measure, kind: Kind) -> str:
    in_time = kind in (Kind.DATE, Kind.DATETIME)
    match measure:
        case Measure.SUM:
            return pgettext("condition", "sum of %(field)s of %(rows)s")
        case Measure.AVG:
            return pgettext("condition", "average %(field)s of %(rows)s")
        case Measure.MIN if in_time:
            return pgettext("condition", "first %(field)s of %(rows)s")
        case Measure.MIN:
            return pgettext("condition", "lowest %(field)s of %(rows)s")
        case _ if in_time:
            return pgettext("condition", "last %(field)s of %(rows)s")
        case _:
            return pgettext("condition", "highest %(field)s of %(rows)s")
