"""What can be done with picked records by packages that don't know each other."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes.public import BulkAction, Selection, add_action
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.transfer.public import ask


def compose() -> None:
    """Register the actions."""
    add_action(BulkAction("export", _("Export"), "file-export", 50, _may_export, _export))


def _may_export(actor: Actor, record_type: RecordType) -> bool:
    return gates.may(actor, "export", record_type)


def _export(actor: Actor, record_type: RecordType, selection: Selection, back: str) -> HttpResponse:
    made = ask(actor, record_type, "xlsx", selection.condition, ids=selection.ids)
    return redirect("transfer:exported", made.id)
