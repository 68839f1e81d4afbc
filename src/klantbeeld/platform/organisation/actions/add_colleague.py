"""Adding a colleague: an account if there is none, a membership, roles and teams."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.organisation.granting import must_hold
from klantbeeld.platform.people.models import Invitation, Member, Team, TeamMember, User
from klantbeeld.platform.people.vouching import vouch_for_address


@dataclass(frozen=True, slots=True)
class NewColleague:
    """Who is to be added, with what; `language` is that of the invitation, "" for the organisation's."""

    email: str
    name: str
    roles: Sequence[Role]
    teams: Sequence[Team]
    language: str = ""


def add_colleague(actor: Actor, new: NewColleague) -> Member:
    """The new member, whom `make_join_link` makes a link for. An account that exists has to agree before it is active.

    Raises NotAllowed without the ability or for roles beyond the actor's own rights, Invalid when the person is a
    colleague already or can't be added.
    """
    if not actor.may(MANAGE_PEOPLE):
        raise NotAllowed
    must_hold(actor, new.roles)
    with transaction.atomic():
        user = User.objects.filter(email__iexact=new.email).first()
        made_here = user is None
        if user is None:
            user = User.objects.create_user(new.email, name=new.name, language=new.language or actor.tenant.language)
            vouch_for_address(user)
        elif Member.objects.filter(user=user).exists():
            raise Invalid({"email": [_("This is a colleague already.")]})
        member = Member.objects.create(
            user=user,
            name=new.name,
            account_made_here=made_here,
            active=made_here,
            invitation="" if made_here else Invitation.ASKED,
        )
        MemberRole.objects.bulk_create([MemberRole(member=member, role=role) for role in new.roles])
        TeamMember.objects.bulk_create([TeamMember(member=member, team=team) for team in new.teams])
    return member
