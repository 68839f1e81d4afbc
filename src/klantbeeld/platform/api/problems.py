"""Errors as problem documents (RFC 9457), whatever they come from."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from klantbeeld.platform.api.errors import (
    ChangedMeanwhile,
    NotSignedIn,
    OurFault,
    OutOfScope,
    TookTooLong,
    TooLarge,
    TooOften,
    WrongMethod,
)
from klantbeeld.platform.api.representation import encoded
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import NotAllowed, NotFoundHere, Refused
from klantbeeld.platform.tenancy.statement_timeout import took_too_long

CONTENT_TYPE = "application/problem+json"
_CHALLENGE = {NotSignedIn: "Bearer", OutOfScope: 'Bearer error="insufficient_scope"'}
_BY_STATUS: Mapping[int, type[Refused]] = {
    each.status: each for each in (NotSignedIn, NotAllowed, NotFoundHere, WrongMethod, TooLarge, OurFault)
}

log = logging.getLogger(__name__)


def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    """The answer to what can't be done."""
    document = problem.as_problem()
    if isinstance(problem, ChangedMeanwhile):
        document["current"] = problem.current
    response = _document(document)
    challenge = _CHALLENGE.get(type(problem))
    if challenge:
        response["WWW-Authenticate"] = challenge
    if isinstance(problem, WrongMethod) and problem.allow:
        response["Allow"] = ", ".join(problem.allow)
    if isinstance(problem, TooOften):
        response["Retry-After"] = str(problem.seconds)
    if isinstance(problem, ChangedMeanwhile):
        response["ETag"] = problem.etag
    return response


def bad_condition(request: HttpRequest, problem: BadCondition) -> HttpResponse:
    """The answer to a filter that can't be used; `pointer` (RFC 6901) leads to the part of it that is wrong."""
    status = HTTPStatus.BAD_REQUEST
    document = Refused(problem.message).as_problem()
    return _document(document | {"status": status.value, "code": "bad_condition", "pointer": problem.path})


def unexpected(request: HttpRequest, problem: Exception) -> HttpResponse:
    """The answer to a fault of the program: logged in full, told without any detail. A statement that was broken off is
    none."""
    if took_too_long(problem):
        return refused(request, TookTooLong())
    log.error("%s %s failed", request.method, request.path, exc_info=problem)
    return refused(request, OurFault())


def in_our_words(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A framework's own error page as a problem document; any other response as it is."""
    if response.status_code < HTTPStatus.BAD_REQUEST or response.get("Content-Type") == CONTENT_TYPE:
        return response
    said = refused(request, _BY_STATUS.get(response.status_code, Refused)())
    if response.has_header("Allow"):
        said["Allow"] = response["Allow"]
    return said


def _document(problem: Mapping[str, Any]) -> HttpResponse:
    return HttpResponse(encoded(problem), content_type=CONTENT_TYPE, status=problem["status"])
