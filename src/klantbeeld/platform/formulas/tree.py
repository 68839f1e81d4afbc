"""A formula as a tree. `at` is the place in the text where a part begins."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Type(StrEnum):
    """What a part of a formula gives."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that stands in the formula."""

    at: int
    value: Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A field of the record, by name."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """ "-" or "not"."""

    at: int
    sign: str
    part: "Part"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts with an operator between them."""

    at: int
    sign: str
    left: "Part"
    right: "Part"


@dataclass(frozen=True, slots=True)
class Call:
    """A function, named in small letters."""

    at: int
    name: str
    parts: tuple["Part", ...]


Part = Literal | Reference | Unary | Binary | Call


def names_in(part: Part) -> frozenset[str]:
    """The names of the fields that a formula speaks of."""
    match part:
        case Reference():
            return frozenset({part.name})
        case Unary():
            return names_in(part.part)
        case Binary():
            return names_in(part.left) | names_in(part.right)
        case Call():
            return frozenset[str]().union(*(names_in(each) for each in part.parts))
        case _:
            return frozenset()
