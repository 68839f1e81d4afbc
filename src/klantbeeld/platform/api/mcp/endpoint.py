"""Where assistants come in: streamable HTTP at /mcp, with a token as for the API."""

from urllib.parse import urlsplit

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from klantbeeld.platform.api import limits, problems
from klantbeeld.platform.api.authentication import by_token
from klantbeeld.platform.api.bodies import LARGEST
from klantbeeld.platform.api.conditional import JSON
from klantbeeld.platform.api.errors import NotFromThisSite, NotJson, NotSignedIn, TooLarge, WrongMethod
from klantbeeld.platform.api.mcp import protocol
from klantbeeld.platform.api.representation import encoded
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.tenancy.scope import entered

_VERSION_HEADER = "HTTP_MCP_PROTOCOL_VERSION"
_ACCEPTED = 202


@csrf_exempt  # a session is of no use here: only tokens are
def serve_assistant(request: HttpRequest) -> HttpResponse:
    """Answer one message of an assistant as the member whose token it carries."""
    try:
        response = _answered(request)
    except Refused as problem:
        response = problems.refused(request, problem)
    response["Cache-Control"] = "no-store"
    limits.tell(request, response)
    return response


def _answered(request: HttpRequest) -> HttpResponse:
    _refuse_other_sites(request)
    caller = by_token(request)
    if caller is None:
        raise NotSignedIn
    if request.method != "POST":
        # There is nothing that we would say unasked.
        raise WrongMethod(["POST"])
    if request.META.get(_VERSION_HEADER, protocol.VERSIONS[0]) not in protocol.VERSIONS:
        return _rpc(protocol.error(None, protocol.BAD_REQUEST, "This version of the protocol isn't known."), status=400)
    if request.content_type != JSON:
        raise NotJson
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise TooLarge
    with entered(caller.scope), translation.override(caller.actor.language):
        limits.spend(request, caller)
        try:
            message = orjson.loads(request.body)
        except orjson.JSONDecodeError:
            return _rpc(protocol.error(None, protocol.PARSE_ERROR, "This isn't valid JSON."), status=400)
        said = protocol.answer(caller.actor, message)
    return HttpResponse(status=_ACCEPTED) if said is None else _rpc(said)


def _rpc(said: protocol.Answer, status: int = 200) -> HttpResponse:
    return HttpResponse(encoded(said), content_type=JSON, status=status)


def _refuse_other_sites(request: HttpRequest) -> None:
    """A page of another site in somebody's browser has no business here (DNS rebinding)."""
    origin = request.META.get("HTTP_ORIGIN")
    if origin is not None and urlsplit(origin).netloc != request.get_host():
        raise NotFromThisSite
