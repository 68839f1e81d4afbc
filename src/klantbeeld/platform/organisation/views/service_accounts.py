"""Service accounts: the list, adding, changing, their tokens."""

from uuid import UUID

from django.contrib import messages
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.public import tokens_within_reach
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.add_service_account import add_service_account, make_service_token
from klantbeeld.platform.organisation.actions.change_colleague import change_colleague
from klantbeeld.platform.organisation.forms import show
from klantbeeld.platform.organisation.forms.people import ServiceAccountForm
from klantbeeld.platform.organisation.forms.tokens import TokenForm
from klantbeeld.platform.organisation.views.door import FORM_METHODS, for_ability
from klantbeeld.platform.organisation.views.tokens import line_of, made_page
from klantbeeld.platform.people.models import Member, Team


@require_safe
@for_ability(MANAGE_PEOPLE)
def list_services(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every service account with its roles, those that are shut out last."""
    names = ArrayAgg(
        "member_roles__role__name", filter=Q(member_roles__role__name__isnull=False), distinct=True, default=[]
    )
    members = Member.objects.filter(is_service=True).annotate(role_names=names).order_by("-active", "name")
    return render(request, "organisation/services.html", {"members": members})


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_PEOPLE)
def new_service(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add a service account; its page follows, where it gets its tokens."""
    form = ServiceAccountForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            member = add_service_account(actor, given["name"], given["roles"], given.get("teams", ()))
        except (Invalid, NotAllowed) as problem:
            show(form, problem)
        else:
            messages.success(request, _("Added. Now give it a token."))
            return redirect("organisation:service", member.id)
    context = {"form": form, "title": _("Add a service account"), "back": "organisation:services", "verb": _("Add")}
    return render(request, "organisation/form.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_PEOPLE)
def edit_service(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponse:
    """Name, roles and teams of a service account, and its tokens."""
    member = _service(member_id)
    now = {
        "name": member.name,
        "roles": Role.objects.filter(member_roles__member=member),
        "teams": Team.objects.filter(members=member),
    }
    form = ServiceAccountForm(request.POST or None, initial=now)
    if form.is_valid():
        given = form.cleaned_data
        try:
            change_colleague(actor, member_id, given["name"], given["roles"], given.get("teams", ()))
        except (Invalid, NotAllowed) as problem:
            show(form, problem)
        else:
            messages.success(request, _("Saved"))
            return redirect("organisation:services")
    tokens = [line_of(token) for token in tokens_within_reach(actor).filter(member=member)]
    context = {"form": form, "member": member, "lines": tokens}
    return render(request, "organisation/service.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_PEOPLE)
def new_service_token(request: HttpRequest, actor: Actor, member_id: UUID) -> HttpResponse:
    """Make a token for a service account; the answer shows its text, once."""
    service = actors.of_member(actor.tenant, _service(member_id).id)
    if service is None:
        raise NotFoundHere
    form = TokenForm(request.POST or None, actor=service)
    if form.is_valid():
        given = form.cleaned_data
        try:
            token, text = make_service_token(actor, member_id, given["name"], form.wanted_scopes(), form.expires_at())
        except Invalid as problem:
            show(form, problem)
        else:
            return made_page(request, token, text)
    context = {"form": form, "ticked": form["scopes"].value() or [], "for_whom": service.name}
    return render(request, "organisation/token.html", context, status=422 if form.errors else 200)


def _service(member_id: UUID) -> Member:
    member = Member.objects.filter(id=member_id, is_service=True).first()
    if member is None:
        raise NotFoundHere
    return member
