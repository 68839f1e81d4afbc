"""The ways in which the same records can be laid out, and the switch between them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.addresses import layout_url
from klantbeeld.platform.records.boards.lanes import lane_fields
from klantbeeld.platform.records.calendars.days import day_fields
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.maps.places import has_map
from klantbeeld.platform.records.record_type import RecordType


@dataclass(frozen=True)
class Layout:
    """One position of the switch."""

    label: str
    icon: str
    url: str
    current: bool


def layouts_of(actor: Actor, record_type: RecordType, state: ListState) -> list[Layout]:
    """The layouts that make sense for what this actor may read of a type; none when there is only the list."""
    offered = [("", _("List"), "list")]
    if lane_fields(actor, record_type):
        offered.append(("board", _("Board"), "layout-kanban"))
    if day_fields(actor, record_type):
        offered.append(("calendar", _("Calendar"), "calendar"))
    if has_map(actor, record_type):
        offered.append(("map", _("Map"), "map-pin"))
    if len(offered) == 1:
        return []
    return [
        Layout(label, icon, state.in_layout(key).url(layout_url(record_type.slug, key)), key == state.layout)
        for key, label, icon in offered
    ]
