"""Removing what is kept only for a while."""

from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer.exporting import expire


def remove_expired_exports() -> None:
    """Remove the files of exports whose time is over, of every organisation."""
    for tenant_id in Tenant.objects.values_list("id", flat=True):
        with entered(Scope(tenant_id, origin="clean-up")):
            expire()
