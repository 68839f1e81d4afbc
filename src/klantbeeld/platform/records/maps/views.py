"""The page of a map: how many records there are in each region, and in each neighbourhood of one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.db.models import Count
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, Condition
from klantbeeld.platform.kernel.errors import Invalid, Refused
from klantbeeld.platform.records import filtering, reading
from klantbeeld.platform.records.addresses import layout_url, list_url
from klantbeeld.platform.records.filtering import ListState, state_of
from klantbeeld.platform.records.maps.places import (
    COUNTRY,
    NEIGHBOURHOOD,
    REGION,
    Place,
    has_map,
    neighbourhoods,
    outline,
    regions,
)
from klantbeeld.platform.records.record_type import Places, RecordType
from klantbeeld.platform.records.views.door import of_type
from klantbeeld.platform.records.views.list_head import filter_of, head_of

# Counting by place reads every record of the list, as adding up the lanes of a board does.
PLACED_UP_TO = 200_000
_SMALL, _LARGE = 4.0, 20.0  # radii on the map of the country
_MARGIN = 12.0


@dataclass(frozen=True)
class Spot:
    """A place with its records; `url` leads to a closer map, or to their list."""

    place: Place
    number: int
    radius: float
    url: str


@require_safe
@of_type
def show_map(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """Records on the map of the country; `?on=` the two digits of a region shows that from nearby."""
    here = layout_url(record_type.slug, "map")
    state = state_of(actor, record_type, request.GET.dict(), "map")
    try:
        places = _places(actor, record_type)
        if state.on and state.on not in regions():
            raise Invalid({"on": [_("There is no region “%(name)s” on this map.") % {"name": state.on[:20]}]})
        condition = filtering.condition_of(record_type, state)
        said = filter_of(actor, record_type, condition, state, here)
        shown = _shown(actor, record_type, places, condition, state, here, said["count"])
    except (BadCondition, Refused) as problem:
        context = head_of(actor, record_type, state, here) | {"problem": problem.message}
        return render(request, "records/map.html", context, status=400)
    return render(request, "records/map.html", head_of(actor, record_type, state, here) | said | shown)


def _places(actor: Actor, record_type: RecordType) -> Places:
    if record_type.places is None or not has_map(actor, record_type):
        raise Invalid({"by": [_("There are no addresses here that could be put on a map.")]})
    return record_type.places


def _shown(
    actor: Actor,
    record_type: RecordType,
    places: Places,
    condition: Condition | None,
    state: ListState,
    here: str,
    everything: Any,
) -> dict[str, Any]:
    region = regions().get(state.on)
    context = {"region": region, "outline": outline(), "country_url": state.url(here, on=""), "box": _box(region)}
    if not everything.exact and everything.number > PLACED_UP_TO:
        return context | {"too_many": True}
    numbers = _numbers(actor, record_type, places, condition, state.on)
    known = neighbourhoods() if region else regions()
    most = max((number for digits, number in numbers.items() if digits in known), default=0)
    spots = []
    for digits, number in sorted(numbers.items(), key=lambda each: (-each[1], each[0])):
        if digits in known:
            url = state.url(here, on=digits) if region is None else _list(record_type, places, condition, state, digits)
            spots.append(Spot(known[digits], number, _radius(number, most, region is not None), url))
    placed = sum(each.number for each in spots)
    return context | {"spots": spots, "placed": placed, "elsewhere": 0 if region else everything.number - placed}


def _numbers(
    actor: Actor, record_type: RecordType, places: Places, condition: Condition | None, region: str
) -> Mapping[str, int]:
    """How many records there are by the first digits of their postcode, in one statement."""
    rows = reading.matching(actor, record_type, condition).order_by().filter(**{places.country: COUNTRY})
    if region:
        rows = rows.filter(**{f"{places.postcode}__startswith": region})
    digits = Left(places.postcode, NEIGHBOURHOOD if region else REGION)
    return dict(rows.values(map_digits=digits).annotate(map_number=Count("pk")).values_list("map_digits", "map_number"))


def _list(record_type: RecordType, places: Places, condition: Condition | None, state: ListState, digits: str) -> str:
    where = filtering.with_part(condition, {"field": places.country, "op": "is", "value": COUNTRY})
    starts = {"field": places.postcode, "op": "starts_with", "value": digits}
    where = filtering.with_part(conditions.parse(where), starts)
    return ListState(where=json.dumps(where), sort=state.order).url(list_url(record_type.slug))


def _radius(number: int, most: int, near: bool) -> float:
    """So that the area of the circle is as large as the number; near by the drawing is larger than its units."""
    return round((_SMALL + (_LARGE - _SMALL) * sqrt(number / most)) / (6 if near else 1), 2)


def _box(region: Place | None) -> str:
    """The part of the drawing that is shown, as `viewBox` has it."""
    within = [each for each in neighbourhoods().values() if region is None or each.digits.startswith(region.digits)]
    margin = _MARGIN if region is None else _MARGIN / 4
    west, north = min(each.x for each in within) - margin, min(each.y for each in within) - margin
    east, south = max(each.x for each in within) + margin, max(each.y for each in within) + margin
    return f"{west:.1f} {north:.1f} {east - west:.1f} {south - north:.1f}"
