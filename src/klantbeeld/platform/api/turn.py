"""What every endpoint goes through: within the token's limit, in the caller's scope, and at most once for a key."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from klantbeeld.platform.api import limits, once
from klantbeeld.platform.api.caller import caller_of
from klantbeeld.platform.tenancy.scope import entered


def in_turn(endpoint: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: runs an endpoint in its caller's organisation and language, if they haven't asked too often.

    Raises TooOften; for a write with an Idempotency-Key also what `once.answer` raises.
    """

    @wraps(endpoint)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        caller = caller_of(request)
        with entered(caller.scope), translation.override(caller.actor.language):
            limits.spend(request, caller)
            if once.HEADER in request.META and request.method not in once.SAFE:
                return once.answer(request, caller, lambda: endpoint(request, *args, **kwargs))
            return endpoint(request, *args, **kwargs)

    return run
