"""The head of a list, whatever its layout: name, tabs, and the filter as a sentence."""

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Clause, Condition
from klantbeeld.platform.records import filtering, reading
from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.record_type import RecordType


@dataclass(frozen=True)
class Chip:
    """One clause of the filter with the address of the list without it."""

    clause: Clause
    without_url: str
    edit_url: str


def head_of(actor: Actor, record_type: RecordType, state: ListState, here: str) -> dict[str, Any]:
    """What `records/list_head.html` needs of any list; `here` is the address of its layout. See `filter_of`."""
    base = list_url(record_type.slug)
    views = [("", ""), *((each.slug, each.label) for each in record_type.views)]
    return {
        "record_type": record_type,
        "base": base,
        "here": here,
        "state": state,
        "views": [(label, state.url(here, view=slug, where="", sort=""), slug == state.view) for slug, label in views],
        "filter_url": state.url(reverse("records:filter", args=[record_type.slug])),
        "may_create": record_type.creatable and gates.may_create(actor, record_type),
        "as_of_url": f"{state.url(base, cursor='')}{'&' if state.pairs else '?'}as_of=",
        "may_restore": record_type.deletable and gates.may(actor, "delete", record_type),
        "may_export": gates.may(actor, "export", record_type),
    }


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
    filter_url = state.url(reverse("records:filter", args=[record_type.slug]))
    chips = []
    for clause in filtering.clauses_of(actor, record_type, condition):
        rest = filtering.without(condition, clause.path)
        edit = f"{filter_url}{'&' if '?' in filter_url else '?'}at={clause.path}"
        chips.append(Chip(clause, state.url(here, view="", where=json.dumps(rest) if rest else ""), edit))
    return chips
