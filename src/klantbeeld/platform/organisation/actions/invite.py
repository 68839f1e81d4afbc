"""The link by which somebody joins an organisation.

It looks the same whether the account was there before or not, so that nobody learns by typing addresses who has an
account with other organisations; and an account that was there joins only when its owner, signed in, agrees.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.make_password_link import may_make_link
from klantbeeld.platform.people.models import Invitation, Member, User

_SALT = "klantbeeld.join"
_SECONDS = 3 * 24 * 60 * 60


def is_invited(member: Member) -> bool:
    """Whether a link to join is of use: nobody has agreed, or chosen the first password, yet."""
    return member.invitation == Invitation.ASKED or (member.active and may_make_link(member))


def make_join_link(member: Member) -> str:
    """The path of a new link for whoever was invited; it works for three days, and those before it don't any more.

    Raises NotAllowed for anybody else.
    """
    if not is_invited(member):
        raise NotAllowed
    member.invited_at = clock.now()
    member.save(update_fields=["invited_at"])
    return reverse("organisation:join", args=[signing.dumps(_named(member), salt=_SALT)])


def works_until(member: Member) -> datetime | None:
    """Until when the latest link works; None when there is none."""
    return member.invited_at + timedelta(seconds=_SECONDS) if member.invited_at and is_invited(member) else None


def invited_by(secret: str, lock: bool = False) -> Member:
    """The member whom a link invites, in the current organisation. Raises NotFoundHere for one that is of no use."""
    try:
        named = str(signing.loads(secret, salt=_SALT, max_age=_SECONDS))
    except signing.BadSignature:
        raise NotFoundHere from None
    rows = Member.objects.select_related("user").filter(id=named.partition(" ")[0])
    member = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if member is None or not is_invited(member) or named != _named(member):
        raise NotFoundHere
    return member


def join(secret: str, user: User) -> Member:
    """Let who is signed in agree to what they were asked. Raises NotFoundHere, NotAllowed for another account."""
    with transaction.atomic():
        member = invited_by(secret, lock=True)
        if member.invitation != Invitation.ASKED or member.user_id != user.pk:
            raise NotAllowed
        member.invitation, member.active = "", True
        member.save(update_fields=["invitation", "active"])
    return member


def _named(member: Member) -> str:
    return f"{member.id} {member.invited_at.isoformat()}" if member.invited_at else str(member.id)
