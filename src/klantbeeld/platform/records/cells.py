"""Values as HTML: one function per field is made for a page, and then called for every row.

A list draws four hundred cells, so what doesn't change from row to row is worked out once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.filtering import name_of
from klantbeeld.platform.records.own_values import fits, own_value
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui import components, formats

if TYPE_CHECKING:
    from klantbeeld.platform.records.record_type import RecordType

Row = Mapping[str, Any]
Cell = Callable[[Row], str]


@dataclass(frozen=True)
class Reader:
    """For whom values are drawn: language, clock and home region of the actor."""

    actor: Actor

    @cached_property
    def locale(self) -> str:
        """The language of formats."""
        return self.actor.language

    @cached_property
    def zone(self) -> ZoneInfo:
        """The actor's clock."""
        return ZoneInfo(self.actor.timezone)

    @cached_property
    def now(self) -> datetime:
        """One moment for the whole page, so that two equal times read the same."""
        return timezone.now()


CellMaker = Callable[["RecordType", RecordField, Reader], Cell]


def cell_of(record_type: "RecordType", field: RecordField, reader: Reader) -> Cell:
    """The function that draws this field of a row as safe HTML, "" for no value."""
    maker = record_type.cells.get(field.name)
    if maker is not None:
        made: Cell = maker(record_type, field, reader)
        return made
    if field.name == record_type.title:
        return title_cell(record_type, field, reader)
    return value_cell(field, reader)


def title_cell(record_type: "RecordType", field: RecordField, reader: Reader) -> Cell:
    """The name of a record as a link to its page."""
    base = list_url(record_type.slug)
    value = value_text(field, reader)

    def draw(row: Row) -> str:
        text = value(row) or _("(no name)")
        return f'<a class="clip" href="{base}{row["id"]}/">{escape(text)}</a>'

    return draw


def value_cell(field: RecordField, reader: Reader) -> Cell:
    """How a value of this kind is drawn wherever nothing special is declared."""
    if field.kind is Kind.USER:
        return _person(field)
    if field.kind is Kind.LINK:
        return _link(field)
    if field.kind is Kind.DATETIME:
        return _moment(field, reader)
    text = value_text(field, reader)
    if field.kind is Kind.LONG_TEXT:
        return lambda row: urlize(text(row), nofollow=True, autoescape=True)
    return lambda row: escape(text(row))


def value_text(field: RecordField, reader: Reader) -> Cell:
    """A value as plain text in the reader's language."""
    get = getter(field)
    locale, kind = reader.locale, field.kind
    if kind is Kind.MONEY:
        return _money(field, reader)
    makers: dict[Kind, Callable[[Any], str]] = {
        Kind.NUMBER: lambda value: formats.number(value, locale),
        Kind.DATE: lambda value: formats.date(_day(value), locale),
        Kind.DATETIME: lambda value: formats.datetime(_moment_of(value), locale, reader.zone),
        Kind.BOOLEAN: lambda value: _("yes") if value else _("no"),
    }
    if kind in {Kind.CHOICE, Kind.MULTI_CHOICE}:
        labels = {value: str(label) for value, label in field.choices}
        if kind is Kind.CHOICE:
            return lambda row: labels.get(get(row) or "", str(get(row) or ""))
        return lambda row: ", ".join(labels.get(value, value) for value in get(row) or ())
    if field.input_type == "tel":
        return lambda row: formats.phone(get(row), reader.actor.tenant.country) if get(row) else ""
    maker = makers.get(kind, str)
    return lambda row: "" if (value := get(row)) is None or value == "" else maker(value)


def words(field: RecordField, reader: Reader, value: Any) -> str:
    """A value outside its row, as the record or its history has it, as plain text; a link by name, "…" if unknown."""
    if value is None or value == "":
        return ""
    if field.json and not fits(field.kind, value):
        return str(value)  # of a field that had the same key before
    if field.is_link:
        return name_of(reader.actor, field, value) or "…"
    row: dict[str, Any] = {"custom": {field.path: value}} if field.json else {field.path: value}
    if field.currency_field:
        row[field.currency_field] = ""
    return value_text(field, reader)(row)


def getter(field: RecordField) -> Callable[[Row], Any]:
    """The function that takes this field's value out of a row; for a link the id."""
    path = field.path
    if field.json:
        return lambda row: own_value(field, row.get("custom"))
    key = f"{path}_id" if field.is_link else path
    return lambda row: row[key]


def _money(field: RecordField, reader: Reader) -> Cell:
    get, currency_field, usual = getter(field), field.currency_field, reader.actor.tenant.currency
    locale = reader.locale
    decimals = field.extra.get("decimals", 2)

    def draw(row: Row) -> str:
        amount = get(row)
        if amount is None:
            return ""
        if currency_field and currency_field not in row:
            return formats.number(amount, locale, decimals)  # in a currency that this reader may not know
        return formats.money(amount, (currency_field and row[currency_field]) or usual, locale, decimals)

    return draw


def _moment(field: RecordField, reader: Reader) -> Cell:
    get, now, locale, zone = getter(field), reader.now, reader.locale, reader.zone

    def draw(row: Row) -> str:
        value = get(row)
        if not value:
            return ""
        short, full = formats.ago(_moment_of(value), now, locale, zone)
        return f'<span title="{full}">{short}</span>'

    return draw


def _person(field: RecordField) -> Cell:
    get, label = getter(field), field.label_key

    def draw(row: Row) -> str:
        name = row[label]
        return components.who(name, get(row), "person", "xs") if name else ""

    return draw


def _link(field: RecordField) -> Cell:
    get, name = getter(field), field.label_key
    target = registry.find(field.target or "")
    base = list_url(target.slug) if target else ""
    choices = dict(target.static_fields[target.title].choices) if target else {}
    hidden = f'<span class="muted">{escape(_("not visible to you"))}</span>'

    def draw(row: Row) -> str:
        key = get(row)
        if key is None:
            return ""
        label = row[name]
        if label is None:
            return hidden
        return f'<a class="link" href="{base}{key}/">{escape(str(choices.get(label, label) or "…"))}</a>'

    return draw


def _day(value: Any) -> Any:
    return datetime.fromisoformat(value).date() if isinstance(value, str) else value


def _moment_of(value: Any) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def safe(html: str) -> SafeString:
    """Mark what these functions made as ready."""
    return SafeString(html)
