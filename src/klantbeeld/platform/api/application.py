"""The API: its routes, how callers sign in, and how errors are told.

Routes are the same for every record type, so a type that is registered later is there at once. The OpenAPI document
is ours (`schema/`), not the framework's: it depends on who asks.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from klantbeeld.platform.api import problems
from klantbeeld.platform.api.authentication import by_session, by_token
from klantbeeld.platform.api.caller import Caller
from klantbeeld.platform.api.endpoints import about, bulk, feed, history, records
from klantbeeld.platform.api.errors import NotSignedIn, TooLarge
from klantbeeld.platform.api.turn import in_turn
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused

Teller = Callable[[HttpRequest, Any], HttpResponse]

api = NinjaAPI(
    title="Klantbeeld", version="1", urls_namespace="api", openapi_url=None, docs_url=None, auth=[by_token, by_session]
)
api.add_decorator(in_turn)
for router in (about.router, feed.router, bulk.router, records.router, history.router):
    api.add_router("", router)


def _told(tell: Teller) -> Teller:
    """Tell a problem in the caller's language; before they are known, in the browser's."""

    def handler(request: HttpRequest, problem: Any) -> HttpResponse:
        caller: Caller | None = getattr(request, "auth", None)
        language = caller.actor.language if caller else translation.get_language_from_request(request)
        with translation.override(language):
            return tell(request, problem)

    return handler


def _as(known: type[Refused]) -> Teller:
    return lambda request, problem: problems.refused(request, known())


_TELLERS: dict[type[Exception], Teller] = {
    Refused: problems.refused,
    BadCondition: problems.bad_condition,
    AuthenticationError: _as(NotSignedIn),
    Http404: _as(NotFoundHere),
    RequestDataTooBig: _as(TooLarge),
    Exception: problems.unexpected,
}
for _problem, _tell in _TELLERS.items():
    api.add_exception_handler(_problem, _told(_tell))
