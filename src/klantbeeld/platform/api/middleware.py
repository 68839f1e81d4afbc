"""The short way to the API."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from klantbeeld.platform.api import problems
from klantbeeld.platform.kernel.errors import NotFoundHere

PREFIX = "/api/"


class ApiMiddleware:
    """Answers programs at once, without sessions, messages and what else only browsers need; and sees to it that
    every error under /api/ is a problem document. Stands after the tenant's middleware and before the session's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        # Without a token it may be one of our own pages, which the session's middleware has to look at.
        answer = _answer if "HTTP_AUTHORIZATION" in request.META else self.get_response
        response = problems.in_our_words(request, answer(request))
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _answer(request: HttpRequest) -> HttpResponseBase:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return problems.refused(request, NotFoundHere())
    request.resolver_match = match
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return response
