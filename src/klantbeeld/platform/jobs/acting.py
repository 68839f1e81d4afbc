"""Who acts in a job."""

from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor, of_member, system
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import current_tenant_id


def actor_of(member_id: Any) -> Actor:
    """Who acts in a job: the member who asked for it, with the rights of today. Raises NotAllowed when they left."""
    tenant = Tenant.objects.get(id=current_tenant_id())
    actor = system(tenant) if member_id is None else of_member(tenant, member_id)
    if actor is None:
        raise NotAllowed(_("You don't work here any more."))
    return actor
