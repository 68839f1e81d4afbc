"""Ending a colleague's sessions, and letting them try again after too many failures."""

from uuid import UUID

from django.db import transaction

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.organisation.actions.change_colleague import colleague_to_change
from klantbeeld.platform.people import brakes
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.people.sessions import end_sessions


def end_sessions_of(actor: Actor, member_id: UUID, but: str | None = None) -> int:
    """Sign a colleague out of this organisation everywhere, at once, but for the session with the key `but`; how many
    sessions ended.

    Raises NotFoundHere; NotAllowed without the ability, or when they may do more than the actor.
    """
    with transaction.atomic():
        member = colleague_to_change(actor, member_id)
        return end_sessions(member.user_id, actor.tenant.id, but)


def unlock(actor: Actor, member_id: UUID) -> Member:
    """Let a colleague try at once who failed too often. Raises as `end_sessions_of` does."""
    with transaction.atomic():
        member = colleague_to_change(actor, member_id)
        brakes.release(brakes.of_account(member.user.email))
        brakes.release(brakes.of_codes(member.user_id))
    return member
