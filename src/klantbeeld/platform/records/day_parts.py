"""Parts of one's day: what packages put on the page that somebody starts at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from klantbeeld.platform.access.actor import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Area = Literal["main", "side"]
DayContext = Callable[[Actor], Mapping[str, Any] | None]


@dataclass(frozen=True)
class DayPart:
    """A part of the page, in the wide column or the narrow one.

    `context` returns what `template` needs besides `actor` and `part`; None leaves the part out. Its `empty` says
    whether there is nothing in it. `live_on` are the live events at which the browser fetches it anew.
    """

    key: str
    area: Area
    order: int
    label: "StrOrPromise"
    template: str
    context: DayContext
    live_on: str = ""


_parts: dict[str, DayPart] = {}


def add_day_part(part: DayPart) -> None:
    """Add a part. Raises ValueError when its key is taken."""
    if part.key in _parts:
        raise ValueError(f"There is a part {part.key!r} of the day already.")
    _parts[part.key] = part


def day_parts() -> list[DayPart]:
    """All parts, in order."""
    return sorted(_parts.values(), key=lambda each: each.order)
