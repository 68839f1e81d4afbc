"""Adding a service account: a member that is a program, with roles and API tokens, as which nobody can sign in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.api.public import Token, create_token
from klantbeeld.platform.kernel.errors import NotAllowed, NotFoundHere
from klantbeeld.platform.kernel.ids import uuid7
from klantbeeld.platform.organisation.actions.change_colleague import colleague_to_change
from klantbeeld.platform.organisation.granting import must_hold
from klantbeeld.platform.people.models import SERVICE_DOMAIN, Member, Team, TeamMember, User


def add_service_account(actor: Actor, name: str, roles: Sequence[Role], teams: Sequence[Team]) -> Member:
    """The new member. Raises NotAllowed without the ability, or for roles beyond the actor's own rights."""
    if not actor.may(MANAGE_PEOPLE):
        raise NotAllowed
    must_hold(actor, roles)
    with transaction.atomic():
        user = User.objects.create_user(f"{uuid7()}@{SERVICE_DOMAIN}", name=name, language=actor.tenant.language)
        member = Member.objects.create(user=user, name=name, is_service=True)
        MemberRole.objects.bulk_create([MemberRole(member=member, role=role) for role in roles])
        TeamMember.objects.bulk_create([TeamMember(member=member, team=team) for team in teams])
    return member


def make_service_token(
    actor: Actor, member_id: UUID, name: str, scopes: Sequence[str], expires_at: datetime | None
) -> tuple[Token, str]:
    """A token with which programs act as a service account, and its text, which can't be shown again.

    Raises NotFoundHere when there is no such service account that is active, NotAllowed when the actor may not change
    it, and what `create_token` raises.
    """
    with transaction.atomic():
        if not colleague_to_change(actor, member_id).is_service:
            raise NotFoundHere
        service = actors.of_member(actor.tenant, member_id)
        if service is None:
            raise NotFoundHere
        return create_token(service, name, scopes, expires_at)
