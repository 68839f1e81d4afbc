"""People, organisations and addresses that don't exist, for the demo and for measuring.

Everything follows from the generator given: the same seed makes the same people. E-mail addresses end in domains kept
for examples (RFC 2606; example.nl by the Dutch registry). The Netherlands has no telephone numbers kept for fiction:
mobile numbers are all from 06 12 34 5x xx, and fixed ones have a 0 after the area code, which no subscriber's number
has. Nothing may ever be sent to either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from klantbeeld.platform.kernel.text import fold

_DATA = Path(__file__).parent / "data"
_TODAY = date(2026, 1, 1).toordinal()
_DOMAINS = ("example.nl", "example.org", "example.com", "example.net")
_AREAS = ("10", "20", "24", "30", "40", "50", "70", "79")
_ADDITIONS = ("A", "B", "C", "bis", "2", "3", "hs", "II")
# The letters that postcodes use; the pairs SA, SD and SS can't come about without the S.
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"
_CITY_CODES = 10
_FIRM_NUMBERS = 1_000_000

# Share of each community in two hundred, and the language that a part of it would rather use.
_COMMUNITIES: dict[str, tuple[int, str, float]] = {
    "dutch": (140, "en", 0.01),
    "frisian": (8, "nl", 0),
    "moroccan": (10, "ar", 0.05),
    "turkish": (10, "tr", 0.08),
    "surinamese": (7, "nl", 0),
    "antillean": (2, "en", 0.1),
    "indonesian": (4, "nl", 0),
    "polish": (5, "pl", 0.4),
    "chinese": (2, "en", 0.3),
    "portuguese": (2, "en", 0.2),
    "african": (3, "en", 0.4),
    "middle_eastern": (3, "ar", 0.2),
    "ukrainian": (1, "uk", 0.5),
    "german": (1, "de", 0.4),
    "belgian": (1, "fr", 0.1),
    "vietnamese": (1, "en", 0.1),
}
_MARRIED_INTO_DUTCH = 0.1

T = TypeVar("T")


class SyntheticAddress(NamedTuple):
    """A street that may exist with a house number, in a place with its real four digits of postcode."""

    street: str
    number: int
    addition: str
    postcode: str
    place: str


class SyntheticPerson(NamedTuple):
    """A person who doesn't exist. `phone` is E.164, `language` ISO 639-1."""

    given: str
    prefix: str
    family: str
    email: str
    phone: str
    street: str
    number: int
    addition: str
    postcode: str
    place: str
    birth_date: date
    language: str


class SyntheticOrganisation(NamedTuple):
    """An organisation that doesn't exist. `kvk` is from a range that the register hasn't reached."""

    name: str
    kvk: str
    email: str
    phone: str
    street: str
    number: int
    addition: str
    postcode: str
    place: str


def person(rng: Random, serial: int | None = None) -> SyntheticPerson:
    """Somebody, of 18 to 92 years at the start of 2026.

    Without `serial` people may share an e-mail address or number, as a few in a demo do. A `serial` from 0 on makes
    both unique to it (numbers up to eight million), for a database in which they identify.
    """
    random = rng.random
    tables = _tables()
    community = tables.communities[int(random() * 200)]
    given, given_slug = _common_first(community.given, random())
    families = community.family if random() >= _MARRIED_INTO_DUTCH else tables.dutch.family
    prefix, family, family_slug = _common_first(families, random())
    if serial is None:
        phone = f"+31612345{int(random() * 1000):03d}"
        mark = str(int(random() * 99) + 1)
    else:
        phone = _fixed_number(serial)
        mark = f".{serial}"
    domain = _DOMAINS[int(random() * 4)]
    email = f"{given_slug if random() < 0.7 else given_slug[0]}.{family_slug}{mark}@{domain}"
    born = date.fromordinal(_TODAY - int(6_575 + (random() + random()) * 13_500))
    language = community.language if random() < community.share else "nl"
    return SyntheticPerson(given, prefix, family, email, phone, *address(rng), born, language)


def organisation(rng: Random, serial: int | None = None) -> SyntheticOrganisation:
    """A firm, foundation, school or club; `serial` makes its numbers and e-mail address unique, as for a person."""
    random = rng.random
    tables = _tables()
    where = address(rng)
    number = int(random() * _FIRM_NUMBERS) if serial is None else serial
    if random() < 0.2:
        name = _any(tables.bodies, random()).format(name=_any(tables.firm_names, random()))
    elif random() < 0.5:
        prefix, family, _ = _common_first(tables.dutch.family, random())
        owner = f"{prefix[:1].upper()}{prefix[1:]} {family}" if prefix else family
        name = f"{owner} {_any(tables.trades, random())} {_any(tables.forms, random())}"
    else:
        name = f"{_any(tables.firm_names, random())} {_any(tables.trades, random())} {_any(tables.forms, random())}"
    mark = "" if serial is None else f".{serial}"
    email = f"info.{_slug(name)}{mark}@{_DOMAINS[int(random() * 4)]}"
    return SyntheticOrganisation(name, f"99{number % _FIRM_NUMBERS:06d}", email, _fixed_number(number), *where)


def address(rng: Random) -> SyntheticAddress:
    """An address that needn't exist, in a real place: the larger the place, the likelier."""
    random = rng.random
    tables = _tables()
    place, digits = _any(tables.postcodes, random())
    letters = int(random() * 361)
    number = int(random() ** 3 * 240) + 1
    addition = _ADDITIONS[int(random() * 8)] if random() < 0.12 else ""
    postcode = f"{digits} {_LETTERS[letters // 19]}{_LETTERS[letters % 19]}"
    return SyntheticAddress(_any(tables.streets, random()), number, addition, postcode, place)


@dataclass(frozen=True, slots=True)
class _Community:
    given: list[tuple[str, str]]
    family: list[tuple[str, str, str]]
    language: str
    share: float


@dataclass(frozen=True, slots=True)
class _Tables:
    communities: list[_Community]
    dutch: _Community
    streets: list[str]
    postcodes: list[tuple[str, str]]
    firm_names: list[str]
    trades: list[str]
    forms: list[str]
    bodies: list[str]


@cache
def _tables() -> _Tables:
    given, family, firms = _sections("given_names.txt"), _sections("family_names.txt"), _sections("firms.txt")
    communities = {
        name: _Community(
            [(one, _slug(one)) for one in given[name][0].split()],
            [_family(one) for one in family[name]],
            language,
            share,
        )
        for name, (_, language, share) in _COMMUNITIES.items()
    }
    return _Tables(
        communities=[communities[name] for name, (slots, *_) in _COMMUNITIES.items() for _ in range(slots)],
        dutch=communities["dutch"],
        streets=_lines("streets.txt"),
        postcodes=_postcodes(),
        firm_names=firms["names"],
        trades=firms["trades"],
        forms=firms["forms"],
        bodies=firms["bodies"],
    )


def _postcodes() -> list[tuple[str, str]]:
    """Every place with each of its postcodes; those of towns three times, since more people live in each."""
    found = []
    for line in _lines("postcodes.tsv"):
        place, codes = line.split("\t")
        digits = codes.split()
        found += [(place, code) for code in digits] * (3 if len(digits) >= _CITY_CODES else 1)
    return found


def _family(name: str) -> tuple[str, str, str]:
    """Prefix, family name, and both as a slug; the prefix is all before the first word that is a name by itself."""
    words = name.split()
    start = next((at for at, word in enumerate(words) if word[0].isupper() and word not in _CAPITAL_PREFIXES), 0)
    prefix, family = " ".join(words[:start]), " ".join(words[start:])
    if family.startswith("d'"):
        prefix, family = "d'", family[2:]
    return prefix, family, _slug(name)


_CAPITAL_PREFIXES = frozenset({"El", "Al", "Ben", "Aït", "Oulad", "De", "Van", "Le"})


def _sections(file: str) -> dict[str, list[str]]:
    sections = (line.split(": ", 1) for line in _lines(file))
    return {name: values.split(", ") for name, values in sections}


def _lines(file: str) -> list[str]:
    return (_DATA / file).read_text(encoding="utf-8").splitlines()


def _slug(name: str) -> str:
    return "".join(sign for sign in fold(name) if sign.isalnum())


def _fixed_number(serial: int) -> str:
    return f"+31{_AREAS[serial // 1_000_000 % len(_AREAS)]}0{serial % 1_000_000:06d}"


def _any(values: Sequence[T], chance: float) -> T:
    return values[int(chance * len(values))]


def _common_first(values: Sequence[T], chance: float) -> T:
    """One of values listed by how common they are: the first of a hundred comes up about one time in 27."""
    return values[int(chance**1.4 * len(values))]
