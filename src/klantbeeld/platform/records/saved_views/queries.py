"""The saved views that somebody sees."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records import statements
from klantbeeld.platform.records.saved_views import columns
from klantbeeld.platform.records.saved_views.columns import Column
from klantbeeld.platform.records.saved_views.models import PersonalColumns, SavedView, Visibility
from klantbeeld.platform.records.statements import Gap

# The ability to change and remove views that others have shared.
MANAGE_VIEWS = "views.manage"


def seen_by(actor: Actor) -> "QuerySet[SavedView]":
    """The views of all record types that this actor made or that are shared with them."""
    shared = Q(visibility=Visibility.EVERYONE) | Q(
        visibility=Visibility.TEAM, maker__in=[each for each in actor.colleagues if each]
    )
    return SavedView.objects.filter(shared | Q(maker=actor.member_id, maker__isnull=False), tenant_id=actor.tenant.id)


def views_of(actor: Actor, slug: str) -> list[SavedView]:
    """The views of one record type that this actor sees, their own first, each kind in its own order."""

    def build() -> "QuerySet[SavedView]":
        return seen_by(actor).filter(record_type=Gap("slug")).order_by("position", "id")

    key = statements.key_of(actor, SavedView)
    found: list[Any] = statements.instances(SavedView, key, build, {"slug": slug})
    return sorted(found, key=lambda each: each.maker_id != actor.member_id)


def find_view(actor: Actor, slug: str, key: str) -> SavedView | None:
    """The view with this id; None when there is none that this actor sees, or when `key` is no id at all."""
    view_id = id_of(key)
    return None if view_id is None else seen_by(actor).filter(record_type=slug, id=view_id).first()


def id_of(key: str) -> UUID | None:
    """The id of a saved view in an address; None for the name of a declared one."""
    try:
        return UUID(key)
    except ValueError:
        return None


def may_change(actor: Actor, view: SavedView) -> bool:
    """Whether this actor may change, share and remove a view: its maker, and who may do so with what others share."""
    if actor.member_id is not None and view.maker_id == actor.member_id:
        return True
    return view.visibility != Visibility.OWN and actor.may(MANAGE_VIEWS)


def personal_columns(actor: Actor, slug: str, view: str) -> tuple[Column, ...]:
    """The columns that this actor chose for all records or for a declared view; none when they chose none."""
    member_id = actor.member_id
    if member_id is None:
        return ()

    def build() -> "QuerySet[Any, Any]":
        kept = PersonalColumns.objects.filter(member_id=member_id, tenant_id=actor.tenant.id)
        return kept.filter(record_type=Gap("slug"), view=Gap("view")).values("columns")

    key = statements.key_of(actor, PersonalColumns)
    found = statements.rows(key, build, {"slug": slug, "view": view}, prepared=True)
    return columns.loaded(found[0]["columns"]) if found else ()
