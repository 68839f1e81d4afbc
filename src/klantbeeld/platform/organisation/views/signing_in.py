"""Where somebody is signed in, and who tried to: for oneself, and of colleagues for those who manage people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.organisation.actions.end_sessions import end_sessions_of, unlock
from klantbeeld.platform.organisation.sign_in_lines import session_lines, sign_in_lines
from klantbeeld.platform.organisation.views.door import for_ability
from klantbeeld.platform.people import brakes
from klantbeeld.platform.people.history import sign_ins_of, sign_ins_of_everybody
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.people.sessions import end_session, end_sessions, sessions_of
from klantbeeld.platform.records.views.door import for_actor

_OF_ONE = 30
_PER_PAGE = 100


@require_safe
@for_actor
def show_own(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own sessions and attempts to sign in."""
    if actor.member_id is None or actor.user_id is None:
        raise NotFoundHere
    sessions = session_lines(sessions_of(actor.user_id, actor.tenant.id), request.session.session_key)
    attempts = sign_in_lines(sign_ins_of(actor.member_id)[:_OF_ONE])
    context = {"sessions": sessions, "others": sum(not each.current for each in sessions), "attempts": attempts}
    return render(request, "organisation/own_sessions.html", context)


@require_POST
@for_actor
def end_own(request: HttpRequest, actor: Actor) -> HttpResponse:
    """End one of one's own sessions (POST `session`), or all but this one."""
    if actor.user_id is None:
        raise NotFoundHere
    name = request.POST.get("session", "")
    if name:
        ended = int(end_session(actor.user_id, actor.tenant.id, name))
    else:
        ended = end_sessions(actor.user_id, actor.tenant.id, but=request.session.session_key)
    messages.success(request, _told(ended))
    return redirect("organisation:own_sessions")


@require_safe
@for_ability(MANAGE_PEOPLE)
def show_of_colleague(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponse:
    """A colleague's sessions here, their attempts, and whether they have to wait."""
    member = Member.objects.select_related("user").filter(id=member_id, is_service=False).first()
    if member is None:
        raise NotFoundHere
    keys = (brakes.of_account(member.user.email), brakes.of_codes(member.user_id))
    context = {
        "member": member,
        "sessions": session_lines(sessions_of(member.user_id, actor.tenant.id), request.session.session_key),
        "attempts": sign_in_lines(sign_ins_of(member.id)[:_OF_ONE]),
        "held_until": max((until for key in keys if (until := brakes.held_until(key))), default=None),
    }
    return render(request, "organisation/colleague_sessions.html", context)


@require_POST
@for_ability(MANAGE_PEOPLE)
def end_of_colleague(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponse:
    """Sign a colleague out everywhere; oneself everywhere but here."""
    ended = end_sessions_of(actor, member_id, but=request.session.session_key)
    messages.success(request, _told(ended))
    return redirect("organisation:colleague_sessions", member_id)


@require_POST
@for_ability(MANAGE_PEOPLE)
def unlock_colleague(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponse:
    """Let a colleague try again at once."""
    member = unlock(actor, member_id)
    messages.success(request, _("%(name)s can try again now.") % {"name": member.name})
    return redirect("organisation:colleague_sessions", member_id)


@require_safe
@for_ability(MANAGE_PEOPLE)
def list_attempts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who tried to sign in here, the latest first; `?before=` goes on from one, `?failed` leaves out the rest."""
    attempts = sign_ins_of_everybody()
    failed = "failed" in request.GET
    if failed:
        attempts = attempts.exclude(outcome="in")
    before = _uuid(request.GET.get("before", ""))
    if before:
        attempts = attempts.filter(id__lt=before)
    found = list(attempts.order_by("-id")[: _PER_PAGE + 1])
    more = found[_PER_PAGE - 1].id if len(found) > _PER_PAGE else None
    context = {"attempts": sign_in_lines(found[:_PER_PAGE], with_names=True), "more": more, "failed": failed}
    return render(request, "organisation/sign_ins.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _told(ended: int) -> str:
    if not ended:
        return _("There was no session to end.")
    return ngettext("%(count)d session ended", "%(count)d sessions ended", ended) % {"count": ended}
