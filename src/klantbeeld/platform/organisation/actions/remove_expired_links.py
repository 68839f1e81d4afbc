"""Forgetting the set-up links that can't be used any more."""

from django.db.models import Q

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.organisation.models import SetUpLink


def remove_expired_links() -> None:
    """Delete the links that were used or whose time is over."""
    SetUpLink.objects.filter(Q(used_at__isnull=False) | Q(expires_at__lte=clock.now())).delete()
