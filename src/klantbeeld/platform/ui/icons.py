"""The icons there are, and the address of the sprite that holds them."""

from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

SPRITE = "built/icons.svg"
NAMES = frozenset(Path(__file__).with_name("icons.txt").read_text(encoding="utf-8").split())


class UnknownIcon(LookupError):
    """An icon was asked for that `icons.txt` doesn't name, so that the sprite doesn't hold it."""


@lru_cache(maxsize=1)
def sprite_url() -> str:
    """The address of the sprite, looked up once: the name holds a hash and stays the same while the process lives."""
    return static(SPRITE)


def check_icon(name: str) -> str:
    """Return `name`; raise UnknownIcon when the sprite doesn't hold it."""
    if name not in NAMES:
        raise UnknownIcon(f'There is no icon "{name}". Add its name to platform/ui/icons.txt and build again.')
    return name
