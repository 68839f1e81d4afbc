"""An organisation always has an owner."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.kernel.errors import Invalid


@contextmanager
def an_owner_stays() -> Iterator[None]:
    """A transaction that is undone when nobody would be left who may do everything. Raises Invalid then.

    The owner's role is locked, so that two owners can't remove each other at the same moment.
    """
    with transaction.atomic():
        list(Role.objects.select_for_update().filter(is_owner=True).order_by("id"))
        yield
        owners = MemberRole.objects.filter(
            role__is_owner=True, member__active=True, member__is_service=False, member__user__is_active=True
        )
        if not owners.exists():
            raise Invalid(_("Somebody must be left who may do everything. Make someone else an owner first."))
