"""Which columns a list shows, in which order and how wide: as text in an address, as JSON in a view."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.kernel.errors import Invalid

MOST = 40
NARROWEST, WIDEST = 48, 900  # px
_NAME = re.compile(r"[a-z0-9_.-]{1,120}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name of its field, or "added.<key>" for one that a package adds; `width` in px, None for any."""

    name: str
    width: int | None = None


def read(text: str) -> tuple[Column, ...]:
    """The columns in "name:240,city". Widths out of bounds are brought within them.

    Raises Invalid for what isn't a list of columns. Whether there are such fields is not looked at: a field that has
    gone or may not be read is left out where the list is drawn.
    """
    parts = [part.partition(":") for part in text.split(",") if part]
    names = [name for name, _colon, _width in parts]
    widths = [width for _name, _colon, width in parts]
    if not all(_NAME.fullmatch(name) for name in names) or not all(
        width == "" or (width.isascii() and width.isdigit() and len(width) < 6) for width in widths
    ):
        raise Invalid({"cols": [_("These columns can't be read.")]})
    if len(names) > MOST:
        raise Invalid({"cols": [_("A list has at most %(most)d columns.") % {"most": MOST}]})
    found = (Column(name, _bounded(width)) for name, width in zip(names, widths, strict=True))
    return tuple({each.name: each for each in found}.values())


def written(columns: Iterable[Column]) -> str:
    """The text that `read` reads."""
    return ",".join(f"{each.name}:{each.width}" if each.width else each.name for each in columns)


def stored(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """As a view keeps them."""
    return [{"name": each.name} | ({"width": each.width} if each.width else {}) for each in columns]


def loaded(data: Iterable[dict[str, Any]]) -> tuple[Column, ...]:
    """What `stored` made."""
    return tuple(Column(each["name"], each.get("width")) for each in data)


def _bounded(width: str) -> int | None:
    return min(max(int(width), NARROWEST), WIDEST) if width else None
