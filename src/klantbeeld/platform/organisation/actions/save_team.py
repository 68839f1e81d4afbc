"""Making, renaming and deleting a team, and saying who is in it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.people.models import Member, Team, TeamMember


def save_team(actor: Actor, team_id: UUID | None, name: str, members: Sequence[Member]) -> Team:
    """The team (a new one for None) with this name and exactly these members.

    Raises NotAllowed, NotFoundHere, Invalid when the name is taken.
    """
    with transaction.atomic():
        team = Team() if team_id is None else team_to_change(actor, team_id)
        if not actor.may(MANAGE_PEOPLE):
            raise NotAllowed
        if Team.objects.filter(name=name).exclude(id=team.id).exists():
            raise Invalid({"name": [_("There is a team with this name already.")]})
        team.name = name
        team.save()
        _set_members(actor, team, members)
    return team


def delete_team(actor: Actor, team_id: UUID) -> None:
    """The team gone; its members and their records stay. Raises NotAllowed, NotFoundHere."""
    with transaction.atomic():
        team_to_change(actor, team_id).delete()


def team_to_change(actor: Actor, team_id: UUID) -> Team:
    """The team under a row lock. Raises NotAllowed, NotFoundHere."""
    if not actor.may(MANAGE_PEOPLE):
        raise NotAllowed
    team = Team.objects.select_for_update().filter(id=team_id).first()
    if team is None:
        raise NotFoundHere
    return team


def _set_members(actor: Actor, team: Team, members: Sequence[Member]) -> None:
    had = set(TeamMember.objects.filter(team=team).values_list("member_id", flat=True))
    wanted = {member.id for member in members}
    if actor.member_id in had ^ wanted and not actor.grants.everything:
        raise NotAllowed(_("You can’t change your own roles and teams. Ask a colleague."))
    TeamMember.objects.filter(team=team, member_id__in=had - wanted).delete()
    TeamMember.objects.bulk_create([TeamMember(team=team, member_id=member_id) for member_id in wanted - had])
