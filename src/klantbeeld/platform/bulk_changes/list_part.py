"""Picking in lists: the boxes before the rows, and the bar with what can be done with those that are picked."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.bulk_changes.actions import actions_for
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records.cells import safe
from klantbeeld.platform.records.list_parts import ListPart, Shown, add_list_part
from klantbeeld.platform.records.record_type import RecordType

FORM = "picked"


def register() -> None:
    """Add the boxes and the bar to every list."""
    add_list_part(ListPart("picking", "bulk_changes/bar.html", _context, _head, _cell))


def _context(actor: Actor, record_type: RecordType, shown: Shown) -> Mapping[str, Any] | None:
    actions = actions_for(actor, record_type)
    if not actions:
        return None
    where = json.dumps(conditions.dump(shown.condition)) if shown.condition is not None else ""
    return {"actions": actions, "record_type": record_type, "where": where, "total": shown.total, "form": FORM}


def _head() -> SafeString:
    return safe(f'<input class="check" type="checkbox" data-all aria-label="{escape(_("Select all on this page"))}">')


def _cell(record_id: Any, title: str) -> SafeString:
    label = escape(_("Select %(title)s") % {"title": title})
    return safe(
        f'<input class="check" type="checkbox" name="ids" value="{record_id}" form="{FORM}" data-row-check'
        f' autocomplete="off" aria-label="{label}">'
    )
