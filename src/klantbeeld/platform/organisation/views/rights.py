"""Why a colleague may or may not see something, and who may see a record."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.everyone import Colleague, NamedRole, everyone
from klantbeeld.platform.access.explaining import Explanation
from klantbeeld.platform.access.grants import ACTIONS
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.organisation.explanations import Subject, about, actions_on, answer, answers, subject
from klantbeeld.platform.organisation.granting import ACTION_LABELS
from klantbeeld.platform.organisation.names import MANAGE_ROLES
from klantbeeld.platform.organisation.rights_in_words import About, because, roles_said, verdict
from klantbeeld.platform.organisation.views.door import for_ability
from klantbeeld.platform.records.addresses import detail_url
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

AT_ONCE = 50


@dataclass(frozen=True)
class Told:
    """An answer as it is shown; `roles` are those of the colleague with what each says."""

    allowed: bool
    verdict: str
    because: str
    roles: list[tuple[NamedRole, str]]


@dataclass(frozen=True)
class Line:
    """A colleague in the list of who may do what with a record: per action whether, and by which rule."""

    colleague: Colleague
    cells: list[tuple[str, Explanation, str]]
    because: str


@require_safe
@for_ability(MANAGE_ROLES)
def ask(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`?who=`, `?type=`, `?record=`, `?field=` and `?action=`: may they, and why. Record and field may be left out."""
    given = {name: request.GET.get(name, "") for name in ("who", "type", "record", "field", "action")}
    kinds = list(registry.readable_by(actor))
    record_type = next((each for each in kinds if each.slug == given["type"]), kinds[0] if kinds else None)
    if record_type is None:
        raise NotFoundHere
    colleagues = everyone(actor.tenant)
    context: dict[str, Any] = {
        "given": given | {"type": record_type.slug, "action": given["action"] or "read"},
        "colleagues": [(str(each.actor.member_id), each.actor.name) for each in colleagues],
        "kinds": [(each.slug, capfirst(str(each.label_plural))) for each in kinds],
        "fields": [(name, capfirst(str(each.label))) for name, each in record_type.readable(actor).items()],
        "actions": [(each, capfirst(str(ACTION_LABELS[each]))) for each in ACTIONS],
        "record_type": record_type,
    }
    status = 200
    if given["who"]:
        try:
            context |= _answered(actor, record_type, colleagues, context["given"])
        except (Invalid, NotFoundHere) as refused:
            context["problem"], status = str(refused), 422
    return render(request, "organisation/rights.html", context, status=status)


def _answered(actor: Actor, record_type: RecordType, colleagues: list[Colleague], given: dict[str, str]) -> Any:
    who = next((each for each in colleagues if str(each.actor.member_id) == given["who"]), None)
    if who is None:
        raise Invalid(_("This colleague isn’t here, or is switched off and can’t sign in."))
    readable = record_type.readable(actor)
    if given["action"] not in ACTIONS or (given["field"] and given["field"] not in readable):
        raise Invalid(_("There is no such field or action."))
    of = _asked_about(actor, record_type, given["record"])
    label = str(readable[given["field"]].label) if given["field"] else ""
    found = answer(who, record_type, given["action"], of, given["field"])
    words = about(who, of, record_type, label)
    return {"told": _told(found, given["action"], words, bool(label)), "of": of}


def _asked_about(actor: Actor, record_type: RecordType, text: str) -> Subject | None:
    if not text:
        return None
    try:
        return subject(actor, record_type, UUID(text))
    except (ValueError, NotFoundHere):
        raise Invalid(_("There is no such record, or you may not see it.")) from None


def _told(found: Explanation, action: str, words: About, with_field: bool) -> Told:
    return Told(found.allowed, verdict(found, action, words), because(found, words), roles_said(found, with_field))


@require_safe
@for_ability(MANAGE_ROLES)
def who_can(request: HttpRequest, actor: Actor, slug: str, record_id: UUID) -> HttpResponse:
    """Every colleague with what they may do with a record, and why; `?page=` for the next fifty."""
    record_type = registry.find(slug)
    if record_type is None:
        raise NotFoundHere
    of = subject(actor, record_type, record_id)
    given = request.GET.get("page", "")
    page = max(int(given), 1) if given.isdecimal() and len(given) < 6 else 1
    colleagues = everyone(actor.tenant)
    shown = colleagues[(page - 1) * AT_ONCE : page * AT_ONCE]
    context = {
        "of": of,
        "url": detail_url(slug, record_id),
        "actions": [capfirst(str(ACTION_LABELS[each])) for each in actions_on(record_type)],
        "lines": [_line(each, found, of) for each, found in answers(shown, of)],
        "newer_url": f"?page={page - 1}" if page > 1 else "",
        "older_url": f"?page={page + 1}" if len(colleagues) > page * AT_ONCE else "",
    }
    return render(request, "organisation/who_can.html", context)


def _line(colleague: Colleague, found: dict[str, Explanation], of: Subject) -> Line:
    words = About(colleague.actor.name, of.record_type, of.title, "", of.owner, of.teams_with(colleague))
    cells = [(action, each, because(each, words)) for action, each in found.items()]
    return Line(colleague, cells, because(found["read"], words))
