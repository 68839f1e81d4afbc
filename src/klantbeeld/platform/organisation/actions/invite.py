"""The link by which somebody joins an organisation.

It looks the same whether the account was there before or not, so that nobody learns by typing addresses who has an
account with other organisations; and an account that was there joins only when its owner, signed in, agrees.
"""

from django.core import signing
from django.db import transaction
from django.urls import reverse

from klantbeeld.platform.kernel.errors import NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.make_password_link import may_make_link
from klantbeeld.platform.people.models import Invitation, Member, User

_SALT = "klantbeeld.join"
_SECONDS = 3 * 24 * 60 * 60


def is_invited(member: Member) -> bool:
    """Whether a link to join is of use: nobody has agreed, or chosen the first password, yet."""
    return member.invitation == Invitation.ASKED or (member.active and may_make_link(member))


def make_join_link(member: Member) -> str:
    """The path of a link for whoever was invited; it works for three days. Raises NotAllowed for anybody else."""
    if not is_invited(member):
        raise NotAllowed
    return reverse("organisation:join", args=[signing.dumps(str(member.id), salt=_SALT)])


def invited_by(secret: str, lock: bool = False) -> Member:
    """The member whom a link invites, in the current organisation. Raises NotFoundHere for one that is of no use."""
    try:
        member_id = signing.loads(secret, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        raise NotFoundHere from None
    rows = Member.objects.select_related("user").filter(id=member_id)
    member = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if member is None or not is_invited(member):
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
