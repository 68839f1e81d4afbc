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
from klantbeeld.platform.people.models import Member, Team, TeamMember, User
from klantbeeld.platform.people.vouching import vouch_for_address


@dataclass(frozen=True, slots=True)
class NewColleague:
    """Who is to be added, with what."""

    email: str
    name: str
    roles: Sequence[Role]
    teams: Sequence[Team]


def add_colleague(actor: Actor, new: NewColleague) -> Member:
    """The new member. An account that exists keeps its name and password.

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
            user = User.objects.create_user(new.email, name=new.name, language=actor.tenant.language)
            vouch_for_address(user)
        else:
            _check_known(user)
        member = Member.objects.create(user=user, name=new.name, account_made_here=made_here)
        MemberRole.objects.bulk_create([MemberRole(member=member, role=role) for role in new.roles])
        TeamMember.objects.bulk_create([TeamMember(member=member, team=team) for team in new.teams])
    return member


def _check_known(user: User) -> None:
    if Member.objects.filter(user=user).exists():
        raise Invalid({"email": [_("This is a colleague already.")]})
    if not user.has_usable_password():
        # Somebody else here holds a link to choose its first password; whoever uses that would become our colleague.
        raise Invalid(
            {"email": [_("Another organisation here has invited this address. Add it once its owner has signed in.")]}
        )
