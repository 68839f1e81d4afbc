"""The actions that every record type has: change, assign, delete."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes.actions import BulkAction, add_action
from klantbeeld.platform.bulk_changes.instruction import offered
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.bulk_changes.selection import Selection
from klantbeeld.platform.records.record_type import RecordType

EDIT, ASSIGN, DELETE = "edit", "assign", "delete"


def register() -> None:
    """Add them to the bar."""
    add_action(BulkAction(ASSIGN, _("Assign"), "user-share", 10, _may_assign, partial(begin, ASSIGN), "a"))
    add_action(BulkAction(EDIT, _("Change"), "pencil", 20, _may_edit, partial(begin, EDIT), "e"))
    add_action(BulkAction(DELETE, _("Delete"), "trash", 90, _may_delete, partial(begin, DELETE)))


def begin(action: str, actor: Actor, record_type: RecordType, selection: Selection, back: str) -> HttpResponse:
    """Note which records were picked, and ask for the rest."""
    selection.rows(actor, record_type)  # refuses a condition that asks about what may not be read
    made = BulkChange.objects.create(
        record_type=record_type.slug,
        action=action,
        ids=None if selection.ids is None else list(selection.ids),
        condition=selection.condition,
        picked_at=selection.picked_at,
        member_id=actor.member_id,
        back=back,
    )
    return redirect("bulk_changes:change", made.id)


def owner_field(record_type: RecordType) -> str:
    """The field that says whose a record is; "" for types whose records have no owner of their own."""
    owner = record_type.owner or ""
    return owner if "__" not in owner else ""


def _may_edit(actor: Actor, record_type: RecordType) -> bool:
    return record_type.changeable and gates.may(actor, "change", record_type) and bool(offered(actor, record_type))


def _may_assign(actor: Actor, record_type: RecordType) -> bool:
    return _may_edit(actor, record_type) and owner_field(record_type) in offered(actor, record_type)


def _may_delete(actor: Actor, record_type: RecordType) -> bool:
    return record_type.deletable and gates.may(actor, "delete", record_type)
