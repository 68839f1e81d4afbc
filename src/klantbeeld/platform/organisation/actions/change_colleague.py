"""Changing a colleague: name, roles, teams, and whether they may still come in."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.kernel.errors import NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.granting import must_hold
from klantbeeld.platform.organisation.owners import an_owner_stays
from klantbeeld.platform.people.models import Invitation, Member, Team, TeamMember


def change_colleague(actor: Actor, member_id: UUID, name: str, roles: Sequence[Role], teams: Sequence[Team]) -> Member:
    """The colleague with this name and exactly these roles and teams.

    Raises NotFoundHere, NotAllowed (see `colleague_to_change`), Invalid when it would leave no owner.
    """
    with an_owner_stays():
        member = colleague_to_change(actor, member_id)
        if member.name != name:
            member.name = name
            member.save(update_fields=["name"])
        _set_roles(actor, member, roles)
        _set_teams(actor, member, teams)
    return member


def set_active(actor: Actor, member_id: UUID, active: bool) -> Member:
    """Let a colleague in, or keep them out; what they own and did stays. Raises as `change_colleague` does."""
    with an_owner_stays():
        member = colleague_to_change(actor, member_id)
        if member.id == actor.member_id:
            raise NotAllowed(_("You can’t shut yourself out. Ask a colleague."))
        if member.invitation:
            # Nobody but the person can make them a colleague.
            member.invitation = Invitation.ASKED if active else Invitation.WITHDRAWN
        else:
            member.active = active
        member.save(update_fields=["active", "invitation"])
    return member


def colleague_to_change(actor: Actor, member_id: UUID) -> Member:
    """The colleague under a row lock. Raises NotFoundHere; NotAllowed without the ability, or when they may do more."""
    if not actor.may(MANAGE_PEOPLE):
        raise NotAllowed
    member = Member.objects.select_for_update(of=("self",)).select_related("user").filter(id=member_id).first()
    if member is None:
        raise NotFoundHere
    must_hold(actor, Role.objects.filter(member_roles__member=member))
    return member


def _set_roles(actor: Actor, member: Member, roles: Sequence[Role]) -> None:
    had = set(MemberRole.objects.filter(member=member).values_list("role_id", flat=True))
    wanted = {role.id for role in roles}
    if had == wanted:
        return
    _not_oneself(actor, member)
    must_hold(actor, roles)
    MemberRole.objects.filter(member=member, role_id__in=had - wanted).delete()
    MemberRole.objects.bulk_create([MemberRole(member=member, role_id=role_id) for role_id in wanted - had])


def _set_teams(actor: Actor, member: Member, teams: Sequence[Team]) -> None:
    had = set(TeamMember.objects.filter(member=member).values_list("team_id", flat=True))
    wanted = {team.id for team in teams}
    if had == wanted:
        return
    _not_oneself(actor, member)
    TeamMember.objects.filter(member=member, team_id__in=had - wanted).delete()
    TeamMember.objects.bulk_create([TeamMember(member=member, team_id=team_id) for team_id in wanted - had])


def _not_oneself(actor: Actor, member: Member) -> None:
    # A team widens what its members see, so this would be a way to grant oneself more.
    if member.id == actor.member_id and not actor.grants.everything:
        raise NotAllowed(_("You can’t change your own roles and teams. Ask a colleague."))
