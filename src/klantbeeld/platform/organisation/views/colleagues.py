"""Colleagues: the list, adding, changing, keeping out."""

from uuid import UUID

from django.contrib import messages
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.add_colleague import NewColleague, add_colleague
from klantbeeld.platform.organisation.actions.change_colleague import change_colleague, colleague_to_change, set_active
from klantbeeld.platform.organisation.actions.invite import is_invited, make_join_link, works_until
from klantbeeld.platform.organisation.actions.make_password_link import mail_link
from klantbeeld.platform.organisation.forms import show
from klantbeeld.platform.organisation.forms.people import ColleagueForm, NewColleagueForm
from klantbeeld.platform.organisation.views.door import FORM_METHODS, for_ability
from klantbeeld.platform.people.models import Invitation, Member, Team

_OUT = Q(active=False) & ~Q(invitation=Invitation.ASKED)


@require_safe
@for_ability(MANAGE_PEOPLE)
def list_colleagues(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody who works here, those who may not come in any more last."""
    members = (
        Member.objects.filter(is_service=False)
        .select_related("user")
        .annotate(
            role_names=ArrayAgg(
                "member_roles__role__name", filter=Q(member_roles__role__name__isnull=False), distinct=True, default=[]
            ),
            team_names=ArrayAgg("teams__name", filter=Q(teams__name__isnull=False), distinct=True, default=[]),
        )
        .order_by(ExpressionWrapper(_OUT, BooleanField()), "name")
    )
    return render(request, "organisation/colleagues.html", {"members": members})


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_PEOPLE)
def new_colleague(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add somebody; the answer shows the link to join, once."""
    form = NewColleagueForm(request.POST or None, initial={"language": actor.tenant.language})
    if form.is_valid():
        given = form.cleaned_data
        new = NewColleague(given["email"], given["name"], given["roles"], given.get("teams", ()), given["language"])
        try:
            member = add_colleague(actor, new)
        except (Invalid, NotAllowed) as problem:
            show(form, problem)
        else:
            return _link_page(request, actor, member)
    context = {
        "form": form,
        "title": _("Add a colleague"),
        "back": "organisation:colleagues",
        "verb": _("Add colleague"),
    }
    return render(request, "organisation/form.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_PEOPLE)
def edit_colleague(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponse:
    """Name, roles and teams of somebody."""
    member = _member(member_id)
    now = {
        "name": member.name,
        "roles": Role.objects.filter(member_roles__member=member),
        "teams": Team.objects.filter(members=member),
    }
    form = ColleagueForm(request.POST or None, initial=now)
    if form.is_valid():
        given = form.cleaned_data
        try:
            change_colleague(actor, member_id, given["name"], given["roles"], given.get("teams", ()))
        except (Invalid, NotAllowed) as problem:
            show(form, problem)
        else:
            messages.success(request, _("Saved"))
            return redirect("organisation:colleagues")
    context = {
        "form": form,
        "member": member,
        "invited": is_invited(member),
        "until": works_until(member),
        "now": clock.now(),
        "me": member.id == actor.member_id,
    }
    return render(request, "organisation/colleague.html", context, status=422 if form.errors else 200)


@require_POST
@for_ability(MANAGE_PEOPLE)
def switch_colleague(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponse:
    """Keep a colleague out (POST `active=0`) or let them in again."""
    active = request.POST.get("active") == "1"
    try:
        member = set_active(actor, member_id, active)
    except Invalid as problem:
        messages.error(request, str(problem))
        return redirect("organisation:colleague", member_id)
    told = _("%(name)s can come in again.") if active else _("%(name)s can’t come in any more. Their records stay.")
    messages.success(request, told % {"name": member.name})
    return redirect("organisation:services" if member.is_service else "organisation:colleagues")


@require_POST
@for_ability(MANAGE_PEOPLE)
def renew_link(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponse:
    """Show the link to join again."""
    with transaction.atomic():
        member = colleague_to_change(actor, member_id)
    if member.is_service:
        raise NotFoundHere
    return _link_page(request, actor, member)


def _link_page(request: HttpRequest, actor: Actor, member: Member) -> HttpResponse:
    url = request.build_absolute_uri(make_join_link(member))
    until = works_until(member)
    context = {"member": member, "url": url, "until": until, "mailed": mail_link(actor, member, url, until)}
    response = render(request, "organisation/link.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _member(member_id: UUID) -> Member:
    member = Member.objects.select_related("user").filter(id=member_id, is_service=False).first()
    if member is None:
        raise NotFoundHere
    return member
