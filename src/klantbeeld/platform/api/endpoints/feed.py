"""The feed of changes."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api import feed, query_string
from klantbeeld.platform.api.caller import caller_of
from klantbeeld.platform.api.conditional import JSON
from klantbeeld.platform.api.representation import encoded
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

router = Router()
PATH = "changes"


@router.get(f"/{PATH}")
def list_changes(request: HttpRequest) -> HttpResponse:
    """What happened after a place, in the order in which it was committed."""
    actor = caller_of(request).actor
    given = query_string.parameters(request, {"after", "types", "limit", "records"})
    types, size = _types(actor, given.get("types")), query_string.limit(given)
    with_records = query_string.flag(given, "records")
    page = feed.read(actor, types, feed.place_of(given.get("after")), size, with_records)
    after = page.after.encoded()
    kept = {name: value for name, value in given.items() if name != "after"}
    body = {
        "data": page.data,
        "after": after,
        "next": f"{request.path}?{urlencode(kept | {'after': after})}",
        "more": page.more,
    }
    return HttpResponse(encoded(body), content_type=JSON)


def _types(actor: Actor, text: str | None) -> list[RecordType]:
    readable = {each.slug: each for each in registry.readable_by(actor)}
    if text is None:
        return list(readable.values())
    wanted = list(dict.fromkeys(text.split(",")))
    unknown = [slug for slug in wanted if slug not in readable]
    if unknown:
        message = _("There is no kind of record “%(name)s” here.")
        raise Invalid({"types": [message % {"name": each[:60]} for each in unknown]})
    return [readable[slug] for slug in wanted]
