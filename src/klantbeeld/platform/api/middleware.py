"""The short way to the API."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from klantbeeld.platform.api import limits, problems
from klantbeeld.platform.kernel.errors import NotFoundHere

PREFIX = "/api/v1/"
ROUTES = "klantbeeld.platform.api.urls"


class ApiMiddleware:
    """Answers programs at once, without sessions, messages and what else only browsers need; and sees to it that
    every error under /api/v1/ is a problem document. Stands after the tenant's middleware and before the session's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        try:
            match = resolve(request.path_info[len(PREFIX) - 1 :], ROUTES)
        except Resolver404:
            return problems.refused(request, NotFoundHere())
        if "HTTP_AUTHORIZATION" in request.META:
            request.resolver_match = match
            response = match.func(request, *match.args, **match.kwargs)
        else:
            # It may be one of our own pages, which the session's middleware has to look at.
            response = self.get_response(request)
        response = problems.in_our_words(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        limits.tell(request, response)
        return response
