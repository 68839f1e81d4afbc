"""The answer to a page that would have taken too long."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from klantbeeld.platform.tenancy.statement_timeout import took_too_long


class TimeLimitMiddleware:
    """Says in words that the database broke off what a page asked, instead of calling it a fault of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        """The page for a statement that was broken off; None, which leaves it to others, for all else."""
        if not took_too_long(problem):
            return None
        return render(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
