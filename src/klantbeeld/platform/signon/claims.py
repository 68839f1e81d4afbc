"""What a provider says of somebody: nothing of it is believed to be well-formed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_MOST_GROUPS = 500
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Claims:
    """Who somebody is according to their provider; `email` is "" when it gives none that is theirs."""

    email: str
    name: str
    groups: frozenset[str]


def read_claims(data: Mapping[str, Any], group_claim: str) -> Claims:
    """The claims in `userinfo` and `id_token` (the former counts first), as allauth keeps them."""
    parts = [part for part in (data.get("userinfo"), data.get("id_token")) if isinstance(part, Mapping)] or [data]
    email = _first(parts, "email")
    refused = any(part.get("email_verified") in (False, "false") for part in parts)
    found: Any = next((part[group_claim] for part in parts if group_claim in part), [])
    groups = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return Claims(
        email=email.lower() if email and not refused and _is_email(email) else "",
        name=" ".join(_first(parts, "name").split())[:_LONGEST_NAME] or email.partition("@")[0],
        groups=frozenset(each for each in groups[:_MOST_GROUPS] if isinstance(each, str)),
    )


# What providers call the same: the plain word, the object identifier of LDAP, Microsoft's address.
_SAML_EMAIL = (
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)
_SAML_NAME = (
    "displayName",
    "name",
    "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.microsoft.com/identity/claims/displayname",
)


def read_saml_claims(data: Mapping[str, Any], group_claim: str, name_id_email: str) -> Claims:
    """The claims in the attributes of a SAML answer, each a list of texts; `name_id_email` is the address that the
    name of the person itself is, if it is one."""
    plain = {name: values for name, values in data.items() if isinstance(values, list) and values}

    def first(names: tuple[str, ...]) -> str:
        return next((str(plain[name][0]) for name in names if name in plain), "")

    told = {"email": first(_SAML_EMAIL) or name_id_email, "name": first(_SAML_NAME)}
    return read_claims({**told, group_claim: plain.get(group_claim, [])}, group_claim)


def _first(parts: list[Mapping[str, Any]], name: str) -> str:
    return next((part[name].strip() for part in parts if isinstance(part.get(name), str)), "")


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
