"""Where Dutch postcodes are: the four digits of one are a neighbourhood, the first two a region.

The coordinates are those of GeoNames (CC BY 4.0), see NOTICE. They come along, so that a map asks nobody for anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.record_type import RecordType

COUNTRY = "NL"
REGION, NEIGHBOURHOOD = 2, 4  # digits
_FILE = Path(__file__).with_name("postcodes_nl.tsv")
# The country in a drawing of about 500 by 600: degrees of longitude are as wide as they are in its middle.
_NORTH, _WEST, _MIDDLE, _SCALE = 53.6, 3.3, 52.2, 200.0


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood or a region: its digits, its name, and its middle in units of the drawing."""

    digits: str
    name: str
    x: float
    y: float


@cache
def neighbourhoods() -> Mapping[str, Place]:
    """All neighbourhoods by their four digits."""
    found = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        digits, name, north, east = line.split("\t")
        x = (float(east) - _WEST) * cos(radians(_MIDDLE)) * _SCALE
        found[digits] = Place(digits, name, round(x, 1), round((_NORTH - float(north)) * _SCALE, 1))
    return found


@cache
def regions() -> Mapping[str, Place]:
    """All regions by their two digits, in the middle of their neighbourhoods, named after the first of them."""
    within: dict[str, list[Place]] = {}
    for place in neighbourhoods().values():
        within.setdefault(place.digits[:REGION], []).append(place)
    return {
        digits: Place(
            digits,
            places[0].name,
            round(sum(each.x for each in places) / len(places), 1),
            round(sum(each.y for each in places) / len(places), 1),
        )
        for digits, places in within.items()
    }


@cache
def outline() -> str:
    """The country as an SVG path: a dot for each neighbourhood."""
    return "".join(f"M{place.x} {place.y}h0" for place in neighbourhoods().values())


def has_map(actor: Actor, record_type: RecordType) -> bool:
    """Whether this actor may read where the records of a type are."""
    places = record_type.places
    return places is not None and {places.country, places.postcode} <= record_type.readable(actor).keys()
