"""What rows of a group have in common: as SQL, as text in an address, as a condition and in words.

A key in an address is a choice's value, "true" or "false", an id, or a month as "2026-11"; "" stands for no value.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, CharField, DateField, F, Func, Q, TextField, Value, When
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.operands import TenantKey
from klantbeeld.platform.conditions.public import Condition, Group, Join, Kind, Test
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.registry import registry

KINDS = (Kind.CHOICE, Kind.BOOLEAN, Kind.USER, Kind.LINK, Kind.DATE, Kind.DATETIME)
OWN_KINDS = (Kind.CHOICE, Kind.BOOLEAN, Kind.USER, Kind.LINK, Kind.DATE)
# An own value is text in JSON, and its key may have been another field's before: only what looks like one is a day or
# an id.
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}$"
_ID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


def expression(by: RecordField, zone: ZoneInfo) -> Any:
    """What to group by in SQL."""
    if by.json:
        return _own(by)
    if by.kind is Kind.DATETIME:
        return TruncMonth(by.path, output_field=DateField(), tzinfo=zone)
    if by.kind is Kind.DATE:
        return TruncMonth(by.path, output_field=DateField())
    return F(f"{by.path}_id" if by.is_link else by.path)


def _own(by: RecordField) -> Any:
    text = TenantKey(by).text
    if by.kind is Kind.DATE:
        month = Func(text, Value(1), Value(7), function="substr", output_field=TextField())
        return Case(When(_holds("~", text, _DAY), then=month), default=Value(None), output_field=CharField())
    if by.is_link:
        return Case(When(_holds("~", text, _ID), then=text), default=Value(None), output_field=CharField())
    type_of = Func(TenantKey(by).element, function="jsonb_typeof", output_field=TextField())
    wanted = "boolean" if by.kind is Kind.BOOLEAN else "string"
    return Case(When(_holds("=", type_of, wanted), then=text), default=Value(None), output_field=CharField())


def _holds(sign: str, left: Any, right: str) -> Q:
    made = Func(left, Value(right), template="(%(expressions)s)", arg_joiner=f" {sign} ", output_field=BooleanField())
    return Q(made)


def text_of(value: Any) -> str:
    """The key of what `expression` gave."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:%Y-%m}" if isinstance(value, date) else str(value)


def condition(actor: Actor, by: RecordField, key: str) -> Condition:
    """The condition that rows with this key meet. Raises NotFoundHere for a key that no group has."""
    if by.kind is Kind.BOOLEAN:
        either = (Test(by.name, "is", True), Test(by.name, "is", False))
        return Group(Join.NONE, either) if key == "" else either[key != "true"]
    if key == "":
        return Test(by.name, "is_empty")
    if by.kind in {Kind.DATE, Kind.DATETIME}:
        return _within_month(actor, by, key)
    return Test(by.name, "is", key)


def _within_month(actor: Actor, by: RecordField, key: str) -> Condition:
    try:
        first = date.fromisoformat(f"{key}-01")
        following = (first + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError):
        raise NotFoundHere from None
    if by.kind is Kind.DATE:
        return Test(by.name, "between", (first.isoformat(), (following - timedelta(days=1)).isoformat()))
    zone = ZoneInfo(actor.timezone)
    since, until = (datetime(day.year, day.month, 1, tzinfo=zone).isoformat() for day in (first, following))
    return Group(Join.ALL, (Test(by.name, "before", until), Group(Join.NONE, (Test(by.name, "before", since),))))


def labels(actor: Actor, by: RecordField, keys: Sequence[str]) -> dict[str, str]:
    """The keys in words, in the order in which groups stand; those of records that may not be seen are left out."""
    keys = [key for key in keys if key]
    if by.kind in {Kind.DATE, Kind.DATETIME}:
        found = sorted(keys, reverse=True)
        return {key: date_format(date.fromisoformat(f"{key}-01"), "F Y") for key in found}
    if by.kind is Kind.BOOLEAN:
        return {key: text for key, text in (("true", _("yes")), ("false", _("no"))) if key in keys}
    if by.kind is Kind.CHOICE:
        known = {value: str(label) for value, label in by.choices}
        # A choice that was taken away still has its rows.
        return {key: label for key, label in known.items() if key in keys} | {
            key: key for key in sorted(keys) if key not in known
        }
    named = _names(actor, by, [UUID(key) for key in keys])
    return dict(sorted(named.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def nameless(by: RecordField) -> str:
    """What stands over rows that have no value."""
    return _("No %(field)s") % {"field": by.label}


def _names(actor: Actor, by: RecordField, ids: Sequence[UUID]) -> dict[str, str]:
    if by.kind is Kind.USER:
        return {str(key): name for key, name in Member.objects.filter(id__in=ids).values_list("id", "name")}
    target = registry.find(by.target or "")
    if target is None or target.title not in target.readable(actor):
        return {}
    words = dict(target.static_fields[target.title].choices)
    found = target.rows(actor).filter(id__in=ids).values_list("id", target.title)
    return {str(key): str(words.get(name, name) or "…") for key, name in found}
