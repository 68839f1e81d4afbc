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
from klantbeeld.platform.conditions.operators import Arity
from klantbeeld.platform.conditions.resolving import Comparison
from klantbeeld.platform.conditions.tree import Span, Unit

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
            article = {
                "in_last": pgettext("condition: hour, quarter or year", "in the last"),
                "not_in_last": pgettext("condition: hour, quarter or year", "not in the last"),
                "in_next": pgettext("condition: hour, quarter or year", "in the next"),
            }
            return article.get(comparison.operator.name, str(comparison.operator.label))
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
            return format_datetime(value.astimezone(self.timezone), "d MMM y HH:mm", locale=self.locale)
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

    def _span(self, span: Span, bare: bool) -> str:
        count = {"n": span.n}
        several = {
            Unit.HOUR: ngettext("%(n)d hour", "%(n)d hours", span.n),
            Unit.DAY: ngettext("%(n)d day", "%(n)d days", span.n),
            Unit.WEEK: ngettext("%(n)d week", "%(n)d weeks", span.n),
            Unit.MONTH: ngettext("%(n)d month", "%(n)d months", span.n),
            Unit.QUARTER: ngettext("%(n)d quarter", "%(n)d quarters", span.n),
            Unit.YEAR: ngettext("%(n)d year", "%(n)d years", span.n),
        }
        if span.n > 1 or not bare:
            return several[span.unit] % count
        return {
            Unit.HOUR: pgettext("condition", "hour"),
            Unit.DAY: pgettext("condition", "day"),
            Unit.WEEK: pgettext("condition", "week"),
            Unit.MONTH: pgettext("condition", "month"),
            Unit.QUARTER: pgettext("condition", "quarter"),
            Unit.YEAR: pgettext("condition", "year"),
        }[span.unit]
