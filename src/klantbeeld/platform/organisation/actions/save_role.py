"""Making, changing and deleting a role."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.granting import check_grants, must_hold
from klantbeeld.platform.organisation.names import MANAGE_ROLES
from klantbeeld.platform.organisation.owners import an_owner_stays


def save_role(
    actor: Actor,
    role_id: UUID | None,
    name: str,
    description: str,
    is_owner: bool,
    grants: Mapping[str, Any],
    second_step: bool | None = None,
) -> Role:
    """The role (a new one for None) with these grants; `second_step` None leaves as it is whether it needs one.

    Raises NotAllowed without the ability, or when it grants (or granted) more than the actor has; NotFoundHere;
    Invalid for a name that is taken, unknown names in the grants, and when no owner would be left.
    """
    with an_owner_stays():
        role = Role() if role_id is None else role_to_change(actor, role_id)
        if not actor.may(MANAGE_ROLES):
            raise NotAllowed
        if Role.objects.filter(name=name).exclude(id=role.id).exists():
            raise Invalid({"name": [_("There is a role with this name already.")]})
        check_grants(grants)
        role.name, role.description, role.is_owner, role.grants = name, description, is_owner, dict(grants)
        if second_step is not None:
            role.second_step = second_step
        must_hold(actor, [role])
        if role_id and not actor.grants.everything and _has(actor, role):
            raise NotAllowed(_("You can’t change your own roles and teams. Ask a colleague."))
        role.save()
    return role


def delete_role(actor: Actor, role_id: UUID) -> None:
    """The role gone. Raises NotAllowed, NotFoundHere, Invalid while somebody has it."""
    with an_owner_stays():
        role = role_to_change(actor, role_id)
        holders = MemberRole.objects.filter(role=role).count()
        if holders:
            raise Invalid(
                ngettext(
                    "%(count)d colleague has this role. Give them another one first.",
                    "%(count)d colleagues have this role. Give them another one first.",
                    holders,
                )
                % {"count": holders}
            )
        role.delete()


def role_to_change(actor: Actor, role_id: UUID) -> Role:
    """The role under a row lock. Raises NotFoundHere; NotAllowed without the ability, or when it grants more."""
    if not actor.may(MANAGE_ROLES):
        raise NotAllowed
    role = Role.objects.select_for_update().filter(id=role_id).first()
    if role is None:
        raise NotFoundHere
    must_hold(actor, [role])
    return role


def _has(actor: Actor, role: Role) -> bool:
    return actor.member_id is not None and MemberRole.objects.filter(role=role, member_id=actor.member_id).exists()
