"""Who is asking: puts the actor on the request, and on the scope for history."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.signed_in import ORIGIN, signed_in
from klantbeeld.platform.tenancy.scope import Scope, entered


class ActorMiddleware:
    """Sets `request.actor`: the signed-in account as a member of `request.tenant`, or None.

    Language and time zone follow the actor; before sign-in the language cookie or the browser decides.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = self._actor(request)
        request.actor = actor  # type: ignore[attr-defined]
        language = actor.language if actor else _language_before_sign_in(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            if actor is None:
                response = self.get_response(request)
            else:
                scope = Scope(actor.tenant.id, actor.member_id, ORIGIN)
                with timezone.override(ZoneInfo(actor.timezone)), entered(scope):
                    response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _actor(self, request: HttpRequest) -> Actor | None:
        tenant = request.tenant  # type: ignore[attr-defined]
        if tenant is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        return signed_in(request, tenant)


def _language_before_sign_in(request: HttpRequest) -> str:
    known = {code for code, _ in settings.LANGUAGES}
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in known else translation.get_language_from_request(request)
