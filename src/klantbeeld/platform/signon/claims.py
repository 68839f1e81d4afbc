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


def _first(parts: list[Mapping[str, Any]], name: str) -> str:
    return next((part[name].strip() for part in parts if isinstance(part.get(name), str)), "")


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
