"""Roles: what a member may do, per record type and per field."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel


class Role(TenantModel):
    """A named set of grants.

    `grants` is `{"records": {type or "*": {"read"|"create"|"change"|"delete"|"export": "none"|"own"|"team"|"all",
    "fields": {name: "hidden"|"read"|"write"}}}, "abilities": [name, ...]}`; `access.grants` reads and checks it.
    Several roles of one member add up: the widest reach and the most open field wins; one that needs a second step
    makes all of it need one.
    """

    recorded = True

    name = models.CharField(_("name"), max_length=100)
    description = models.CharField(_("description"), max_length=500, blank=True)
    is_owner = models.BooleanField(_("may do everything"), default=False)
    grants = models.JSONField(_("grants"), default=dict)
    second_step = models.BooleanField(_("needs a second step to sign in"), default=False, db_default=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint("tenant", "name", name="role_name_once")]

    def __str__(self) -> str:
        return self.name


class MemberRole(TenantModel):
    """A role that a member has."""

    recorded = True

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="member_roles")
    role = TenantForeignKey(Role, on_delete=models.CASCADE, related_name="member_roles")

    class Meta:
        verbose_name = _("role of a colleague")
        verbose_name_plural = _("roles of colleagues")
        constraints = [models.UniqueConstraint("tenant", "member", "role", name="member_role_once")]

    def __str__(self) -> str:
        return f"{self.role_id} of {self.member_id}"
