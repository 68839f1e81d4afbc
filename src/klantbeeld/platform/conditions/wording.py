"""Values in the words of a language: numbers, money, dates, choices, people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from uuid import UUID

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_currency_symbol
from django.utils.translation import ngettext, pgettext

from klantbeeld.platform.conditions.fields import Field, Kind
from klantbeeld.platform.conditions.operators import Arity, Operator
from klantbeeld.platform.conditions.resolving import Comparison
from klantbeeld.platform.conditions.tree import Measure, Span, Unit

Resolver = Callable[[Field, UUID], str | None]

# In some languages the article before the unit differs ("het afgelopen jaar", "de afgelopen maand").
_NEUTER = (Unit.HOUR, Unit.QUARTER, Unit.YEAR)


@dataclass(frozen=True)
class Wording:
    """How values are said: in which locale, time zone and currency; `resolve` names the user or record behind an id."""

    locale: Locale
    timezone: tzinfo
    resolve: Resolver | None = None
    currency: str = "EUR"

    def operator(self, comparison: Comparison) -> str:
        """Return the words of the operator as they stand before this value."""
        value = comparison.value
        if isinstance(value, Span) and value.n == 1 and value.unit in _NEUTER:
            return article_forms(comparison.operator)[-1]
        return str(comparison.operator.label)

    def value(self, comparison: Comparison) -> str:
        """Return the words of the value, "" if the operator takes none."""
        value, field = comparison.value, comparison.field
        if value is None:
            return ""
        if isinstance(value, Span):
            return self._span(value, bare=comparison.operator.name != "more_than_ago")
        if not isinstance(value, tuple):
            return self._one(field, value)
        words = [self._one(field, each) for each in value]
        if comparison.operator.arity is Arity.TWO:
            return pgettext("condition", "%(low)s and %(high)s") % {"low": words[0], "high": words[1]}
        return ", ".join(words)

    def _one(self, field: Field, value: object) -> str:
        if isinstance(value, bool):
            return pgettext("condition", "yes") if value else pgettext("condition", "no")
        if isinstance(value, Decimal):
            return self._money(value) if field.kind is Kind.MONEY else self._number(value)
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, date):
            return format_date(value, "d MMM y", locale=self.locale)
        if isinstance(value, UUID):
            return (self.resolve and self.resolve(field, value)) or str(value)
        return str(dict(field.choices).get(str(value), value))

    def _number(self, value: Decimal) -> str:
        shown = format_decimal(abs(value), locale=self.locale, decimal_quantization=False)
        return f"−{shown}" if value < 0 else shown

    def _money(self, value: Decimal) -> str:
        pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
        shown = format_decimal(abs(value), pattern, locale=self.locale, decimal_quantization=False)
        symbol = get_currency_symbol(self.currency, locale=self.locale)
        return "\u00a0".join(["−", symbol, shown] if value < 0 else [symbol, shown])

    def _moment(self, moment: datetime) -> str:
        """A moment to the second where it has seconds, with its offset where the clock shows the same time twice."""
        local = moment.astimezone(self.timezone)
        shown = format_datetime(local, "d MMM y HH:mm", locale=self.locale)
        if local.second or local.microsecond:
            shown += f":{local:%S}"
        if local.microsecond:
            shown += f".{local.microsecond:06}".rstrip("0")
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            return shown
        return f"{shown} {local.replace(microsecond=0).isoformat()[len('2026-10-25T02:30:00') :]}"

    def _span(self, span: Span, bare: bool) -> str:
        if span.n == 1 and bare:
            return _one_unit(span.unit)
        return _units(span.unit, span.n) % {"n": span.n}


def article_forms(operator: Operator) -> list[str]:
    """Return the words of an operator as they are before a masculine or feminine word, and before a neuter one."""
    neuter = {
        "in_last": pgettext("condition: hour, quarter or year", "in the last"),
        "not_in_last": pgettext("condition: hour, quarter or year", "not in the last"),
        "in_next": pgettext("condition: hour, quarter or year", "in the next"),
    }
    label = str(operator.label)
    return [label, neuter.get(operator.name, label)]


def unit_words() -> dict[str, Unit]:
    """Return every word for a unit of time, alone, for one and for several of them."""
    found = {}
    for unit in Unit:
        for word in (_one_unit(unit), _units(unit, 1), _units(unit, 2)):
            found[word.replace("%(n)d", "").strip()] = unit
    return found


def _units(unit: Unit, n: int) -> str:
    return {
        Unit.HOUR: ngettext("%(n)d hour", "%(n)d hours", n),
        Unit.DAY: ngettext("%(n)d day", "%(n)d days", n),
        Unit.WEEK: ngettext("%(n)d week", "%(n)d weeks", n),
        Unit.MONTH: ngettext("%(n)d month", "%(n)d months", n),
        Unit.QUARTER: ngettext("%(n)d quarter", "%(n)d quarters", n),
        Unit.YEAR: ngettext("%(n)d year", "%(n)d years", n),
    }[unit]


def _one_unit(unit: Unit) -> str:
    return {
        Unit.HOUR: pgettext("condition", "hour"),
        Unit.DAY: pgettext("condition", "day"),
        Unit.WEEK: pgettext("condition", "week"),
        Unit.MONTH: pgettext("condition", "month"),
        Unit.QUARTER: pgettext("condition", "quarter"),
        Unit.YEAR: pgettext("condition", "year"),
    }[unit]


def count_words(operator: Operator) -> str:
    """Return the words of an operator before a number of rows: "exactly" where a field "is" a number."""
    exact = {"is": pgettext("condition", "exactly"), "is_not": pgettext("condition", "not exactly")}
    return exact.get(operator.name, str(operator.label))


def figure(measure: Measure, kind: Kind) -> str:
    """Return the words of a figure over related rows, with places for its `field` and the `rows`."""
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
