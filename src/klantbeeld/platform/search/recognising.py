"""Records that are known by something that stands in other rows, such as a customer's former phone number.

A package registers how its records are recognised; what comes of it is only proposed, as what the index says is.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from klantbeeld.platform.access.actor import Actor

Recogniser = Callable[[Actor, str], Iterable[UUID]]
_recognisers: dict[str, Recogniser] = {}


def recognise(slug: str, recogniser: Recogniser) -> None:
    """Let `recogniser` say which records of a type go by exactly what an actor typed, the likeliest first.

    It must ask the gates about the rows in which it looks. Raises ValueError when the type has one already.
    """
    if slug in _recognisers:
        raise ValueError(f"Records of {slug!r} are recognised already.")
    _recognisers[slug] = recogniser


def recognised(actor: Actor, slugs: Iterable[str], text: str) -> list[tuple[str, UUID]]:
    """The type and id of what goes by exactly this text, among these types."""
    return [(slug, each) for slug in slugs if slug in _recognisers for each in _recognisers[slug](actor, text)]
