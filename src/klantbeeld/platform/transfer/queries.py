"""Whose imports and exports somebody may see: their own, and owners everyone's imports."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.transfer.models import Export, Import

M = TypeVar("M", bound=Model)


def _own(rows: "QuerySet[M]", actor: Actor) -> "QuerySet[M]":
    return rows.none() if actor.member_id is None else rows.filter(member_id=actor.member_id)


def imports_of(actor: Actor) -> QuerySet[Import]:
    """The imports that `actor` may see, the latest first."""
    rows = Import.objects.select_related("member", "job", "check_job", "undo_job").order_by("-created_at")
    return rows if actor.grants.everything else _own(rows, actor)


def import_of(actor: Actor, import_id: UUID) -> Import:
    """One of them. Raises NotFoundHere."""
    found = imports_of(actor).filter(id=import_id).first()
    if found is None:
        raise NotFoundHere
    return found


def locked_import_of(actor: Actor, import_id: UUID) -> Import:
    """One of them, which nobody else can start, undo or set up until the transaction ends. Raises NotFoundHere."""
    # Locked by itself and then read: a row that is joined to would be the one from before the wait.
    list(Import.objects.select_for_update().filter(id=import_id).values_list("id"))
    return import_of(actor, import_id)


def exports_of(actor: Actor) -> QuerySet[Export]:
    """The exports that `actor` asked for: a file is nobody else's, owners included."""
    rows = Export.objects.select_related("job").order_by("-created_at")
    return _own(rows, actor)


def export_of(actor: Actor, export_id: UUID) -> Export:
    """One of them. Raises NotFoundHere."""
    found = exports_of(actor).filter(id=export_id).first()
    if found is None:
        raise NotFoundHere
    return found
