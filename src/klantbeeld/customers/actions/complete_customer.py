"""What follows from what was given of a customer: names in parts, sort key, normalised numbers and addresses.

Works on anything with the attributes of a customer, so that an import of a million rows uses the same rules as the
form does.
"""

import zoneinfo
from collections.abc import Callable
from typing import Any, Protocol

from django.utils.translation import gettext as _

from klantbeeld.customers.enums import IdentifierKind, PartyKind
from klantbeeld.customers.models import Customer
from klantbeeld.customers.rules.addresses import normalise_postcode, street_and_number
from klantbeeld.customers.rules.identifiers import normalise
from klantbeeld.customers.rules.names import PersonName, full, parse_name, sort_key
from klantbeeld.customers.rules.normalised import Normalised
from klantbeeld.customers.rules.organisation_names import is_organisation_name
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.kernel.text import fold

_PARTS = {"given_name", "family_prefix", "family_name"}
_IN_BLAME = ("name", "family_name", "given_name", "family_prefix")
_COLUMNS: list[Any] = [Customer._meta.get_field(name) for name in _IN_BLAME]
LIMITS = {each.name: each.max_length or 0 for each in _COLUMNS}
LABELS = {each.name: each.verbose_name for each in _COLUMNS}


class CustomerValues(Protocol):
    """The attributes that are read and completed."""

    kind: str
    name: str
    sort_name: str
    given_name: str
    family_prefix: str
    family_name: str
    external_id: str
    email: str
    phone: str
    street: str
    house_number: str
    postcode: str
    country: str
    vat_number: str
    kvk_number: str
    timezone: str


def complete(
    customer: CustomerValues, changed: set[str], country: str, created: bool, found: dict[str, Normalised] | None = None
) -> None:
    """Fill in and normalise, in place. `country` is where the organisation is: it decides how a number without a
    country is read. What was found out about numbers and addresses is noted in `found`, by column.

    Raises Invalid with everything that is wrong, by field.
    """
    if created and "kind" not in changed and is_organisation_name(customer.name):
        customer.kind = PartyKind.ORGANISATION
    errors: dict[str, list[str]] = {}
    for name, rule in _RULES.items():
        given = getattr(customer, name)
        if given and (name in changed or created):
            try:
                value = rule(given, customer.country or country)
                if not isinstance(value, str):
                    if found is not None:
                        found[name] = value
                    value = value.shown if name == "email" else value.value
                setattr(customer, name, value)
            except Invalid as problem:
                errors[name] = [str(text) for texts in problem.errors.values() for text in texts]
    _complete_street(customer, changed, country)
    _complete_name(customer, changed, errors)
    if errors:
        raise Invalid(errors)


def _complete_name(customer: CustomerValues, changed: set[str], errors: dict[str, list[str]]) -> None:
    if customer.kind == PartyKind.PERSON:
        if not changed & _PARTS and ("name" in changed or not customer.family_name):
            parts = parse_name(customer.name)
            customer.given_name = parts.given or parts.initials
            customer.family_prefix, customer.family_name = parts.prefix, parts.family
        parts = PersonName(customer.given_name, customer.family_prefix, customer.family_name)
        if changed & _PARTS or not customer.name:
            customer.name = full(parts)
        _check_lengths(customer, changed, errors)
        customer.sort_name = sort_key(parts)[:200]
    else:
        customer.sort_name = fold(customer.name)[:200]
    if not customer.name:
        customer.name = (customer.email or customer.phone or customer.external_id)[: LIMITS["name"]]
        customer.sort_name = fold(customer.name)[:200]
    if not customer.name:
        errors["name"] = [_("Give at least a name, an e-mail address, a phone number or a customer number.")]


def _check_lengths(customer: CustomerValues, changed: set[str], errors: dict[str, list[str]]) -> None:
    """A name that was given whole is cut into parts, and the other way around: each must fit its own column."""
    given_as = next((name for name in _IN_BLAME if name in changed), "name")
    for name, limit in LIMITS.items():
        length = len(getattr(customer, name))
        if length > limit:
            errors[given_as] = [
                _("This makes a %(part)s of %(length)d characters; at most %(limit)d fit.")
                % {"part": LABELS[name], "length": length, "limit": limit}
            ]


def _complete_street(customer: CustomerValues, changed: set[str], country: str) -> None:
    """Put a house number that was given as part of the street in its place."""
    if "street" in changed:
        # A number that isn't given with the new street belongs to the former one.
        given = customer.house_number if "house_number" in changed else ""
        street, number = street_and_number(customer.street, given, customer.country or country)
        if number:
            customer.street, customer.house_number = street, number


def _by_kind(kind: IdentifierKind) -> Callable[[str, str], Normalised]:
    return lambda given, country: normalise(kind, given, country)


def _timezone(given: str, country: str) -> str:
    try:
        return zoneinfo.ZoneInfo(given).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(
            _("There is no time zone “%(given)s”; it looks like Europe/Amsterdam.") % {"given": given}
        ) from None


def _country(given: str, country: str) -> str:
    code = given.upper()
    if len(code) != 2 or not code.isalpha() or not code.isascii():
        raise Invalid(_("Use the two letters of the country, such as NL."))
    return code


_RULES: dict[str, Callable[[str, str], str | Normalised]] = {
    "country": _country,
    "email": _by_kind(IdentifierKind.EMAIL),
    "phone": _by_kind(IdentifierKind.PHONE),
    "vat_number": _by_kind(IdentifierKind.VAT),
    "kvk_number": _by_kind(IdentifierKind.KVK),
    "postcode": lambda given, country: normalise_postcode(given, country),
    "timezone": _timezone,
}
