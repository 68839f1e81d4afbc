"""The head of a list, whatever its layout: name, tabs, and the filter as a sentence."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Clause, Condition
from klantbeeld.platform.records import filtering, grouping, reading
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.layouts import layouts_of
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.saved_views.queries import may_change, views_of


@dataclass(frozen=True)
class Chip:
    """One clause of the filter with the address of the list without it."""

    clause: Clause
    without_url: str
    edit_url: str


@dataclass(frozen=True)
class Tab:
    """A way to look at the list. `changed` says that the list on the screen isn't quite what the view says."""

    label: Any
    url: str
    current: bool
    changed: bool = False


@dataclass(frozen=True)
class ViewBar:
    """What can be done with the view on the screen; each address is "" where it can't be."""

    save_url: str
    save_as_url: str
    settings_url: str
    undo_url: str


def head_of(actor: Actor, record_type: RecordType, state: ListState, here: str) -> dict[str, Any]:
    """What `records/list_head.html` needs of any list; `here` is the address of its layout. See `filter_of`."""
    base = list_url(record_type.slug)
    return {
        "record_type": record_type,
        "base": base,
        "here": here,
        "state": state,
        "tabs": _tabs(actor, record_type, state, here),
        "view_bar": _view_bar(actor, record_type, state, here),
        "columns_url": state.url(reverse("records:columns", args=[record_type.slug])),
        "groupings": _groupings(actor, record_type, state, here),
        "filter_url": state.filter_url(record_type.slug),
        "layouts": layouts_of(actor, record_type, state),
        "may_create": record_type.creatable and gates.may_create(actor, record_type),
        "as_of_url": f"{state.url(base, cursor='')}{'&' if state.carried else '?'}as_of=",
        "may_restore": record_type.deletable and gates.may(actor, "delete", record_type),
        "may_export": gates.may(actor, "export", record_type),
    }


def _tabs(actor: Actor, record_type: RecordType, state: ListState, here: str) -> list[Tab]:
    """All records, the declared views, one's own and those that others share."""
    ways: list[tuple[str, Any]] = [("", ""), *((each.slug, each.label) for each in record_type.views)]
    ways += [(str(each.id), each.name) for each in views_of(actor, record_type.slug)]
    plain = ListState()
    return [
        Tab(
            label,
            plain.url(here, view=key),
            current=key == state.view and (not state.where or state.saved is not None),
            changed=key == state.view and state.saved is not None and state.differs,
        )
        for key, label in ways
    ]


def _view_bar(actor: Actor, record_type: RecordType, state: ListState, here: str) -> ViewBar:
    saved, slug = state.saved, record_type.slug
    mine = saved is not None and may_change(actor, saved)
    address = state.url(reverse("records:view", args=[slug, saved.id])) if saved else ""
    save_url = state.url(reverse("records:save_view", args=[slug, saved.id])) if saved and mine else ""
    return ViewBar(
        save_url=save_url if state.differs else "",
        save_as_url=state.url(reverse("records:new_view", args=[slug])) if actor.member_id else "",
        settings_url=address if mine else "",
        undo_url=ListState().url(here, view=state.view) if state.differs else "",
    )


def _groupings(actor: Actor, record_type: RecordType, state: ListState, here: str) -> list[tuple[Any, str, bool]]:
    """Label, address and whether it is so now: of no grouping, and of each field by which the list can be grouped."""
    nothing = "-" if state.saved and state.saved.group else ""
    offered = grouping.groupable(record_type.readable(actor))
    ways = [(pgettext("grouping", "Not at all"), state.url(here, group=nothing), not state.grouping)]
    return ways + [(each.label, state.url(here, group=each.name), state.grouping == each.name) for each in offered]


def filter_of(
    actor: Actor, record_type: RecordType, condition: Condition | None, state: ListState, here: str
) -> dict[str, Any]:
    """What the head says of a filter that holds: its chips, how many records fit, and how many there are in all."""
    chips = _chips(actor, record_type, condition, state, here)
    fitting = reading.number(actor, record_type, condition)
    everything = fitting if condition is None else reading.number(actor, record_type, None)
    return {"chips": chips, "count": fitting, "all": everything}


def _chips(
    actor: Actor, record_type: RecordType, condition: Condition | None, state: ListState, here: str
) -> list[Chip]:
    if condition is None:
        return []
    chips = []
    for clause in filtering.clauses_of(actor, record_type, condition):
        edit = state.filter_url(record_type.slug, at=clause.path)
        chips.append(Chip(clause, state.without(clause.path, condition, here), edit))
    return chips
