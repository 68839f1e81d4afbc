"""Removing what nobody needs to be told any more."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

KEPT_READ = timedelta(days=90)
KEPT = timedelta(days=365)


def forget_records(record_type: str, ids: Collection[UUID]) -> None:
    """Forget what was told of records that are gone, in the current organisation and transaction."""
    Notification.objects.filter(record_type=record_type, record_id__in=ids).delete()


def remove_old() -> None:
    """Remove what was read 90 days ago, and whatever is a year old, in every organisation. May be repeated."""
    now = clock.now()
    for tenant_id in Tenant.objects.values_list("id", flat=True):
        with entered(Scope(tenant_id, origin="clean-up")):
            Notification.objects.filter(read_at__lt=now - KEPT_READ).delete()
            Notification.objects.filter(at__lt=now - KEPT).delete()
