"""Keeping, changing, ordering and removing saved views. Each is one transaction; history is written by the triggers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import Condition
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.records.saved_views import columns as column_texts
from klantbeeld.platform.records.saved_views.columns import Column
from klantbeeld.platform.records.saved_views.models import NAME_LENGTH, PersonalColumns, SavedView, Visibility
from klantbeeld.platform.records.saved_views.queries import may_change, seen_by, views_of

MOST = 100


def save_view(
    actor: Actor,
    slug: str,
    name: str,
    visibility: str,
    *,
    condition: Condition | None,
    sort: str,
    columns: Iterable[Column],
    group: str,
) -> SavedView:
    """A new view of the list of a record type, the last of this actor's own.

    What it asks for is to have been looked at before, see `reading.page`. Raises Invalid for a name that is empty, too
    long or taken, and when there are too many; NotAllowed for who is no member.
    """
    if actor.member_id is None:
        raise NotAllowed
    with transaction.atomic():
        mine = [each for each in views_of(actor, slug) if each.maker_id == actor.member_id]
        if len(mine) >= MOST:
            raise Invalid({"name": [_("You have %(most)d views here. Remove one first.") % {"most": MOST}]})
        return SavedView.objects.create(
            record_type=slug,
            name=_name(actor, slug, name, None),
            visibility=_visibility(visibility),
            condition=None if condition is None else conditions.dump(condition),
            sort=sort,
            columns=column_texts.stored(columns),
            group=group,
            maker_id=actor.member_id,
            position=max((each.position for each in mine), default=-1) + 1,
        )


def rename_view(actor: Actor, view_id: UUID, name: str, visibility: str) -> SavedView:
    """The view under another name or with others to see it. Raises NotFoundHere, NotAllowed, Invalid."""
    with transaction.atomic():
        view = _to_change(actor, view_id)
        view.name = _name(actor, view.record_type, name, view)
        view.visibility = _visibility(visibility)
        if view.visibility == Visibility.OWN and view.maker_id != actor.member_id:
            raise Invalid({"visibility": [_("Only who made this view can keep it to themselves.")]})
        view.save()
    return view


def overwrite_view(
    actor: Actor, view_id: UUID, *, condition: Condition | None, sort: str, columns: Iterable[Column], group: str
) -> SavedView:
    """The view with another state of the list. Raises NotFoundHere, NotAllowed."""
    with transaction.atomic():
        view = _to_change(actor, view_id)
        view.condition = None if condition is None else conditions.dump(condition)
        view.sort, view.columns, view.group = sort, column_texts.stored(columns), group
        view.save()
    return view


def move_view(actor: Actor, view_id: UUID, step: int) -> SavedView:
    """The view one place to the left (-1) or to the right (1) among those that stand with it. Raises NotFoundHere,
    NotAllowed."""
    with transaction.atomic():
        view = _to_change(actor, view_id)
        own = view.maker_id == actor.member_id
        beside = [each for each in views_of(actor, view.record_type) if (each.maker_id == actor.member_id) == own]
        places = [each.id for each in beside]
        here = places.index(view.id)
        there = min(max(here + step, 0), len(beside) - 1)
        beside[here], beside[there] = beside[there], beside[here]
        for position, each in enumerate(beside):
            if each.position != position and may_change(actor, each):
                each.position = position
                each.save(update_fields=["position", "updated_at"])
    return view


def delete_view(actor: Actor, view_id: UUID) -> SavedView:
    """The view, gone for everybody. Raises NotFoundHere, NotAllowed."""
    with transaction.atomic():
        view = _to_change(actor, view_id)
        view.delete()
    return view


def keep_columns(actor: Actor, slug: str, view: str, columns: Iterable[Column]) -> None:
    """The columns that this actor wants for all records ("") or for a declared view; none for the type's own."""
    if actor.member_id is None:
        raise NotAllowed
    kept = column_texts.stored(columns)
    where: dict[str, Any] = {"member_id": actor.member_id, "record_type": slug, "view": view}
    if kept:
        PersonalColumns.objects.update_or_create(**where, defaults={"columns": kept})
    else:
        PersonalColumns.objects.filter(**where).delete()


def _to_change(actor: Actor, view_id: UUID) -> SavedView:
    view = seen_by(actor).select_for_update().filter(id=view_id).first()
    if view is None:
        raise NotFoundHere
    if not may_change(actor, view):
        raise NotAllowed(_("Only who made this view, or an owner, can change it. You can save it under another name."))
    return view


def _name(actor: Actor, slug: str, given: str, view: SavedView | None) -> str:
    name = " ".join(given.split())
    if not name:
        raise Invalid({"name": [_("Give the view a name.")]})
    if len(name) > NAME_LENGTH or not name.isprintable():
        raise Invalid({"name": [_("A name has at most %(most)d characters.") % {"most": NAME_LENGTH}]})
    if any(each.name.lower() == name.lower() and each != view for each in views_of(actor, slug)):
        raise Invalid({"name": [_("There is a view with this name already.")]})
    return name


def _visibility(given: str) -> str:
    if given not in Visibility.values:
        raise Invalid({"visibility": [_("Say who sees the view.")]})
    return given
