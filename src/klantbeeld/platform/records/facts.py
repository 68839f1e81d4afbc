"""The facts of a record, by the sections that its type declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.cells import Reader, safe, value_cell
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType


@dataclass(frozen=True)
class Fact:
    """A field with its drawn value; `edit_url` is where its control comes from, "" when it can't be written."""

    name: str
    label: Any
    value: SafeString
    edit_url: str


@dataclass(frozen=True)
class Facts:
    """A section: the facts that are known, and those that are still open."""

    label: Any
    filled: list[Fact]
    open: list[Fact]


def sections(
    actor: Actor,
    record_type: RecordType,
    row: dict[str, Any],
    changeable: bool,
    readable: Mapping[str, RecordField] | None = None,
) -> list[Facts]:
    """The declared sections with the facts that may be read (or of those, `readable`); own fields come last. Empty
    sections are left out."""
    readable = record_type.readable(actor) if readable is None else readable
    writable = record_type.writable(actor) if changeable else {}
    reader = Reader(actor)
    declared = [(section.label, section.fields) for section in record_type.sections]
    own = tuple(name for name, field in readable.items() if field.own)
    made = []
    for label, names in [*declared, ("", own)]:
        facts = [fact(record_type, readable[name], row, reader, name in writable) for name in names if name in readable]
        if facts:
            made.append(
                Facts(label, [each for each in facts if each.value], [each for each in facts if not each.value])
            )
    return made


def fact(record_type: RecordType, field: RecordField, row: dict[str, Any], reader: Reader, writable: bool) -> Fact:
    """One field of a record, drawn."""
    url = reverse("records:field", args=[record_type.slug, row["id"], field.name]) if writable else ""
    return Fact(field.name, field.label, safe(value_cell(field, reader)(row)), url)
