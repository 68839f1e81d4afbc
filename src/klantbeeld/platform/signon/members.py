"""Who comes in by single sign-on: a colleague, or somebody new if the organisation lets new people in.

A provider speaks for its own organisation only. It may say who is which of its colleagues; it can't make somebody a
colleague who has an account already and hasn't agreed, and never reaches what an account is elsewhere.
"""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.people.models import Member, User
from klantbeeld.platform.people.vouching import vouch_for_address
from klantbeeld.platform.signon.claims import Claims
from klantbeeld.platform.signon.models import Provider


def member_for(provider: Provider, claims: Claims, known: User | None) -> Member:
    """The colleague whom the provider means: the one who came in by it before (`known`), else by e-mail address.

    Raises NotAllowed, saying why, when nobody may come in.
    """
    if known is None and not claims.email:
        raise NotAllowed(_("Your single sign-on gives no e-mail address that is proven to be yours."))
    members = Member.objects.select_related("user").filter(is_service=False)
    found = members.filter(user=known) if known else members.filter(user__email__iexact=claims.email)
    member = found.first()
    if member is None:
        member = _join(provider, claims, known)
    elif not member.active:
        raise NotAllowed(_refusal())
    set_roles(provider, member, claims.groups)
    return member


def set_roles(provider: Provider, member: Member, groups: frozenset[str]) -> None:
    """Give a colleague the roles of their groups, and take those of groups they aren't in; other roles stay.

    Roles that may do everything are left alone, so that no provider can make an owner, or leave none.
    """
    by_group = {group: role for group, role in provider.groups.items() if isinstance(role, str)}
    if not by_group:
        return
    kept = Role.objects.filter(id__in=set(by_group.values()), is_owner=False)
    ours = {role.id for role in kept}
    wanted = {UUID(role) for group, role in by_group.items() if group in groups} & ours
    had = set(MemberRole.objects.filter(member=member, role_id__in=ours).values_list("role_id", flat=True))
    MemberRole.objects.filter(member=member, role_id__in=had - wanted).delete()
    MemberRole.objects.bulk_create([MemberRole(member=member, role_id=role_id) for role_id in wanted - had])


def _join(provider: Provider, claims: Claims, known: User | None) -> Member:
    if not provider.joins or known is not None or User.objects.filter(email__iexact=claims.email).exists():
        raise NotAllowed(_refusal())
    try:
        with transaction.atomic():
            user = User.objects.create_user(claims.email, name=claims.name, language=provider.tenant.language)
            vouch_for_address(user)
            member = Member.objects.create(user=user, name=claims.name, account_made_here=True)
    except IntegrityError:  # somebody made it at the same moment
        raise NotAllowed(_refusal()) from None
    if provider.default_role is not None and not provider.default_role.is_owner:
        MemberRole.objects.create(member=member, role=provider.default_role)
    return member


def _refusal() -> str:
    return _("You can’t come in here with this account. Ask a colleague to invite you.")
