"""Which record types search knows, and where on their tables it looks."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.constants import LOOKUP_SEP

from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry


@dataclass(frozen=True, slots=True)
class Place:
    """A field in which search looks: the lookup path to it, its class, and whether it holds a phone number."""

    path: str
    letter: str
    dialled: bool


def is_searchable(record_type: RecordType) -> bool:
    """Whether a type declares `search` (itself or through a base class of its own)."""
    return record_type.search is not RecordType.search


def searchable_types() -> list[RecordType]:
    """The types that search knows, in the order of the registry."""
    return [record_type for record_type in registry if is_searchable(record_type)]


@lru_cache(maxsize=256)
def places(record_type: RecordType) -> tuple[Place, ...]:
    """Where search looks for a type; its title first."""
    search = record_type.search
    named = [(record_type.title, "A"), *((name, "B") for name in search.b)]
    named += [*((name, "C") for name in search.c), *((name, "D") for name in search.d)]
    return tuple(Place(_path(record_type, name), letter, _is_dialled(record_type, name)) for name, letter in named)


def fields_of_class(record_type: RecordType, letter: str) -> tuple[str, ...]:
    """The names of the fields of class B, C or D; the title's for A."""
    if letter == "A":
        return (record_type.title,)
    return tuple(getattr(record_type.search, letter.lower()))


def dependents(record_type: RecordType) -> list[tuple[RecordType, str]]:
    """The types whose entries hold something of this type's rows, each with the link that leads there."""
    found = []
    for other in searchable_types():
        paths = [*(place.path for place in places(other)), *([other.owner] if other.owner else [])]
        links = {path.split(LOOKUP_SEP)[0] for path in paths if LOOKUP_SEP in path}
        for link in sorted(links):
            column: Any = other.model._meta.get_field(link)
            if isinstance(column, models.ForeignKey) and column.related_model is record_type.model:
                found.append((other, link))
    return found


def held_by_others(record_type: RecordType) -> set[str]:
    """What entries of other types hold of this type's rows: names of columns, "title" and "owner" for those two."""
    names = {record_type.title: "title", _path(record_type, record_type.title): "title", record_type.owner: "owner"}
    held = set()
    for other, link in dependents(record_type):
        for path in (*(place.path for place in places(other)), other.owner or ""):
            if path.startswith(f"{link}{LOOKUP_SEP}"):
                far = path.removeprefix(f"{link}{LOOKUP_SEP}")
                held.add(names.get(far, far))
    return held


def is_looked_at(record_type: RecordType, names: Collection[str]) -> bool:
    """Whether any entry holds something of these fields of a type."""
    own = [place.path for place in places(record_type)] if is_searchable(record_type) else []
    letters = [name for letter in "BCD" for name in fields_of_class(record_type, letter)]
    held = {record_type.title, *letters, *own, record_type.owner or "", *held_by_others(record_type)}
    return bool({each.split(LOOKUP_SEP)[0] for each in held} & {name.split(LOOKUP_SEP)[0] for name in names})


def _path(record_type: RecordType, name: str) -> str:
    field = record_type.static_fields.get(name)
    return field.path if field else name


def _is_dialled(record_type: RecordType, name: str) -> bool:
    field = record_type.static_fields.get(name)
    return field is not None and field.input_type == "tel"
