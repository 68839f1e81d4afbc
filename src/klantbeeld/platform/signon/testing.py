"""Trying a provider before anybody depends on it: an owner signs in there, and sees what it says."""

from typing import Any

from django.http import HttpRequest

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.signon.claims import Claims
from klantbeeld.platform.signon.models import Provider

_TESTED, _BACK, _RESULT = "sign_on_tested", "sign_on_back", "sign_on_result"
_SHOWN_GROUPS = 50


def begin_test(request: HttpRequest, provider: Provider, back: str) -> None:
    """Let the next sign-in at this provider, in this session, be a test that ends at the path `back`."""
    request.session[_BACK] = back
    request.session[_TESTED] = str(provider.id)


def is_being_tested(request: HttpRequest, provider: Provider) -> bool:
    """Whether this sign-in is a test; once."""
    return bool(request.session.pop(_TESTED, None) == str(provider.id))


def keep_result(request: HttpRequest, provider: Provider, claims: Claims) -> str:
    """Count the provider as tested, when it says who somebody is, and keep what it said; the path to go on to."""
    if claims.email:
        provider.tested_at = clock.now()
        provider.save(update_fields=["tested_at"])
    groups = sorted(claims.groups)[:_SHOWN_GROUPS]
    request.session[_RESULT] = {
        "provider": str(provider.id),
        "email": claims.email,
        "name": claims.name,
        "groups": groups,
    }
    return str(request.session.pop(_BACK, "/"))


def result_of(request: HttpRequest, provider: Provider) -> dict[str, Any] | None:
    """What the test of this provider gave, once; None when there was none."""
    result: dict[str, Any] | None = request.session.get(_RESULT)
    if result is None or result.get("provider") != str(provider.id):
        return None
    del request.session[_RESULT]
    return result
