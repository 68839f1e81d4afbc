"""Tags of what was read (RFC 9110): to be told only what is new, and to change only what one has seen.

A tag is a hash of the answer itself, so it costs no look-up, tells nothing of fields that the caller may not see, and
changes with whatever they can see. Only the tag of a whole record can be used to change it; others are weak.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.caller import caller_of
from klantbeeld.platform.api.errors import ChangedMeanwhile, IfMatchNeeded
from klantbeeld.platform.api.representation import Representation, encoded
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.record_type import RecordType

JSON = "application/json"
_ANY = "*"
_BYTES = 12


def tagged(request: HttpRequest, body: bytes, whole: bool = False, status: int = 200) -> HttpResponse:
    """An answer with its tag; without the body (304) when the caller says that they have it. `whole` says that it is a
    record with all its fields and nothing else."""
    tag = _tag(body) if whole else f"W/{_tag(body)}"
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known is not None and request.method == "GET" and _among(tag.removeprefix("W/"), known, weakly=True):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        del response["Content-Type"]
    else:
        response = HttpResponse(body, content_type=JSON, status=status)
    response["ETag"] = tag
    return response


def guard(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> Callable[[Any], None] | None:
    """What looks under the record's lock whether it is what `If-Match` says, and raises ChangedMeanwhile if it isn't;
    None without that header. Raises IfMatchNeeded when the token may not do without."""
    wanted = request.META.get("HTTP_IF_MATCH")
    if wanted is None:
        if caller_of(request).needs_if_match:
            raise IfMatchNeeded
        return None

    def look(_locked: Any) -> None:
        document = whole_record(actor, record_type, record_id)
        tag = _tag(encoded(document))
        if wanted.strip() != _ANY and not _among(tag, wanted, weakly=False):
            raise ChangedMeanwhile(document, tag)

    return look


def whole_record(actor: Actor, record_type: RecordType, record_id: UUID) -> dict[str, Any]:
    """A record as it is read with all its fields. Raises NotFoundHere."""
    readable = record_type.readable(actor)
    row = reading.one(actor, record_type, record_id, readable)
    return Representation(readable.values()).document(row)


def _tag(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=_BYTES).hexdigest()}"'


def _among(tag: str, given: str, weakly: bool) -> bool:
    """Whether a header names the tag. Our tags hold no commas, so it can be taken apart at them."""
    names = [each.strip() for each in given.split(",")]
    return tag in [name.removeprefix("W/") if weakly else name for name in names] or (weakly and _ANY in names)
