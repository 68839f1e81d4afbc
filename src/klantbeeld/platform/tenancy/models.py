"""Organisations on this installation, and the base of everything that belongs to one."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.kernel.ids import uuid7
from klantbeeld.platform.tenancy.scope import current_tenant_id


class Tenant(models.Model):
    """An organisation that uses this installation. Found by host name; one alone needs none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    hosts = ArrayField(models.CharField(max_length=253), verbose_name=_("host names"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Amsterdam")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    country = models.CharField(_("country"), max_length=2, default="NL")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class TenantForeignKey(models.ForeignKey):
    """A link between two rows of one tenant.

    Django's own constraint would look at the id alone and so let a row point into another tenant; sealing
    (`sealing.py`) adds one over (tenant, id) instead.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs


class InTenant(models.Model):
    """Base of every table whose rows belong to a tenant, which is taken from the scope.

    Raises NoTenant when it is made outside any scope. `recorded` says whether every change of a row goes into the
    history; `unrecorded` names columns that are derived from others and would only be noise there.
    """

    recorded: ClassVar[bool] = False
    unrecorded: ClassVar[tuple[str, ...]] = ()

    # No constraint of its own: the policy lets only the current tenant in, and an import of a million rows would pay
    # for a look-up that can't fail.
    tenant = models.ForeignKey(
        Tenant,
        on_delete=models.CASCADE,
        editable=False,
        default=current_tenant_id,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        abstract = True


class TenantModel(InTenant):
    """Base of the tables that others may refer to: in a tenant, with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
