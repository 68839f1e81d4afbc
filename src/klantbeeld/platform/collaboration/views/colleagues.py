"""Colleagues to mention, while somebody types."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration.seeing import who_may_see
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type

_MOST = 8


@require_safe
@of_type
def find_colleagues(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> JsonResponse:
    """Up to eight colleagues with a part of whose name `?q=` begins, as `[{id, title, subtitle}]`; the subtitle warns
    of who may not see this record."""
    one(actor, record_type, record_id, (record_type.title,))
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = Member.objects.filter(active=True).exclude(id=actor.member_id or UUID(int=0))
    if text:
        rows = rows.filter(name__istartswith=text) | rows.filter(name__icontains=f" {text}")
    found = dict(rows.order_by("name", "id").values_list("id", "name")[:_MOST])
    seeing = who_may_see(actor.tenant, record_type, record_id, found)
    blind = _("can’t see this")
    return JsonResponse(
        [
            {"id": str(key), "title": name, "subtitle": "" if key in seeing else blind, "blind": key not in seeing}
            for key, name in found.items()
        ],
        safe=False,
    )
