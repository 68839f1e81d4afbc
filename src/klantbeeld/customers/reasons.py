"""Why we believe a value: where it came from, since when, and what it replaced."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.customers.enums import IdentifierKind
from klantbeeld.customers.queries import Origin, history_of, identifiers_of, origins
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui import formats

ADDRESS = ("street", "house_number", "postcode", "city", "country")


@dataclass(frozen=True, slots=True)
class Reason:
    """A value we know of. `was` says that it was replaced; `note` where it came from and when."""

    icon: str
    value: str
    note: str
    was: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach or know a customer, as the head of the page shows it."""

    key: str
    icon: str
    fields: tuple[str, ...]
    why: Any
    identifier: IdentifierKind | None = None


REACHES = {
    each.key: each
    for each in (
        Reach("email", "mail", ("email",), gettext_lazy("Why we believe this address"), IdentifierKind.EMAIL),
        Reach("phone", "phone", ("phone",), gettext_lazy("Why we believe this number"), IdentifierKind.PHONE),
        Reach("address", "map-pin", ADDRESS, gettext_lazy("Why we believe this address")),
        Reach("born", "cake", ("birth_date",), gettext_lazy("Why we believe this date")),
    )
}


def reach_value(reach: Reach, values: Mapping[str, Any], actor: Actor) -> str:
    """The value in words, from what may be read of a customer; "" when there is none."""
    given = {name: values.get(name) for name in reach.fields}
    if reach.key == "address":
        street = " ".join(str(given[name]) for name in ("street", "house_number") if given[name])
        city = " ".join(str(given[name]) for name in ("postcode", "city") if given[name])
        return ", ".join(part for part in (street, city) if part)
    value = given[reach.fields[0]]
    if not value:
        return ""
    return _WORDS.get(reach.key, lambda value, actor: str(value))(value, actor)


_WORDS: dict[str, Callable[[Any, Actor], str]] = {
    "phone": lambda value, actor: formats.phone(str(value), actor.tenant.country),
    "born": lambda value, actor: formats.date(
        value if hasattr(value, "day") else date.fromisoformat(value), actor.language
    ),
}


def reasons(actor: Actor, customer: Mapping[str, Any], reach: Reach) -> list[Reason]:
    """What is known of this value, the one in use first. Only what may be read is used."""
    known: list[Reason] = []
    if reach.identifier and gates.may_read(actor, registry.get("identifiers"), "customer", "kind", "shown"):
        known = _from_identifiers(actor, customer, reach)
    return known or _from_history(actor, customer, reach)


def _from_identifiers(actor: Actor, customer: Mapping[str, Any], reach: Reach) -> list[Reason]:
    rows = identifiers_of(actor, customer["id"], str(reach.identifier))
    came = origins([row["id"] for row in rows])
    current = customer[reach.fields[0]]
    # A mail address is stored as it was given, a phone number normalised: one of both is the one in use.
    rows.sort(key=lambda row: (current not in (row["shown"], row.get("value")), -row["created_at"].timestamp()))
    made = []
    for row in rows:
        value = reach_value(reach, {reach.fields[0]: row.get("value") or row["shown"]}, actor)
        note = _came(actor, came.get(row["id"]), row.get("source") or "", row["created_at"])
        made.append(Reason(reach.icon, value if reach.key == "phone" else row["shown"], note))
    return made


def _from_history(actor: Actor, customer: Mapping[str, Any], reach: Reach) -> list[Reason]:
    made: list[Reason] = []
    values: Mapping[str, Any] = {name: customer.get(name) for name in reach.fields}
    for origin in history_of(customer["id"], reach.fields):
        text = reach_value(reach, values, actor)
        if text:
            made.append(Reason(reach.icon, text, _came(actor, origin, "", origin.at), was=bool(made)))
        values = {**values, **{name: origin.before[name] for name in reach.fields if name in origin.before}}
    return made


def _came(actor: Actor, origin: Origin | None, source: str, at: Any) -> str:
    day = formats.date(at.astimezone(ZoneInfo(actor.timezone)).date(), actor.language)
    return " · ".join(part for part in (source or _by(origin), day) if part)


def _by(origin: Origin | None) -> str:
    if origin is None:
        return ""
    values = {"who": origin.who or _("the system")}
    if origin.origin.startswith("import"):
        return _("imported by %(who)s") % values
    if origin.origin.startswith("api"):
        return _("came through the API, by %(who)s") % values
    return _("entered by %(who)s") % values
