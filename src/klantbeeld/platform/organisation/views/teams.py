"""Teams: the list, making, changing, deleting."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.save_team import delete_team, save_team
from klantbeeld.platform.organisation.forms import show
from klantbeeld.platform.organisation.forms.people import TeamForm
from klantbeeld.platform.organisation.views.door import FORM_METHODS, for_ability
from klantbeeld.platform.people.models import Team


@require_safe
@for_ability(MANAGE_PEOPLE)
def list_teams(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All teams with how many are in them."""
    teams = Team.objects.annotate(size=Count("members", filter=Q(members__active=True))).order_by("name")
    return render(request, "organisation/teams.html", {"teams": teams})


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_PEOPLE)
def edit_team(request: HttpRequest, actor: Actor, team_id: UUID | None = None) -> HttpResponse:
    """Name and members of a team, or of a new one."""
    team = None
    if team_id is not None:
        team = Team.objects.filter(id=team_id).first()
        if team is None:
            raise NotFoundHere
    form = TeamForm(request.POST or None, initial={"name": team.name, "members": team.members.all()} if team else None)
    if form.is_valid():
        try:
            save_team(actor, team_id, form.cleaned_data["name"], form.cleaned_data["members"])
        except (Invalid, NotAllowed) as problem:
            show(form, problem)
        else:
            messages.success(request, _("Saved"))
            return redirect("organisation:teams")
    context = {
        "form": form,
        "title": team.name if team else _("New team"),
        "back": "organisation:teams",
        "team": team,
    }
    return render(request, "organisation/team.html", context, status=422 if form.errors else 200)


@require_POST
@for_ability(MANAGE_PEOPLE)
def remove_team(request: HttpRequest, actor: Actor, team_id: UUID) -> HttpResponse:
    """Delete a team, after the page has asked."""
    delete_team(actor, team_id)
    messages.success(request, _("Team deleted. Its people and their records stay."))
    return redirect("organisation:teams")
