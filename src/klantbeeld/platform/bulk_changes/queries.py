"""Whose bulk changes somebody may see: their own, and owners everyone's."""

from uuid import UUID

from django.db.models import QuerySet

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.kernel.errors import NotFoundHere


def changes_of(actor: Actor) -> QuerySet[BulkChange]:
    """The bulk changes that `actor` may see, the latest first."""
    rows = BulkChange.objects.select_related("member", "job", "undo_job").defer("targets").order_by("-created_at")
    if actor.grants.everything:
        return rows
    return rows.none() if actor.member_id is None else rows.filter(member_id=actor.member_id)


def change_of(actor: Actor, change_id: UUID) -> BulkChange:
    """One of them. Raises NotFoundHere."""
    found = changes_of(actor).filter(id=change_id).first()
    if found is None:
        raise NotFoundHere
    return found


def locked_change_of(actor: Actor, change_id: UUID) -> BulkChange:
    """One of them, which nobody else can set up, start or undo until the transaction ends. Raises NotFoundHere."""
    # Locked by itself and then read: a row that is joined to would be the one from before the wait.
    list(BulkChange.objects.select_for_update().filter(id=change_id).values_list("id"))
    return change_of(actor, change_id)
