"""What happened to a record."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from klantbeeld.platform.api import query_string
from klantbeeld.platform.api.changes import page_of_changes
from klantbeeld.platform.api.conditional import JSON
from klantbeeld.platform.api.endpoints.records import id_of, opened
from klantbeeld.platform.api.representation import encoded
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.records import past, reading

router = Router()
_LARGEST_ID = 2**63 - 1


@router.get("/{slug}/{record_id}/history")
def record_history(request: HttpRequest, slug: str, record_id: str) -> HttpResponse:
    """The changes of a record, a deleted one included, the latest first."""
    actor, record_type = opened(request, slug, "read")
    given = query_string.parameters(request, {"limit", "cursor"})
    size, before = query_string.limit(given), _cursor(given.get("cursor"))
    key = id_of(record_id)
    try:
        reading.one(actor, record_type, key, ())
    except NotFoundHere:
        past.deleted(actor, record_type, key)
    changes, more = page_of_changes(actor, record_type, key, before, size)
    following = None if more is None else f"{request.path}?limit={size}&cursor={more}"
    response = HttpResponse(encoded({"data": changes, "next": following}), content_type=JSON)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _cursor(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and int(text[:20]) <= _LARGEST_ID and len(text) < 20:
        return int(text)
    raise Invalid({"cursor": [_("This page can't be found. Start again from the first page.")]})
