"""The grid of a role: kinds of records by actions, fields, abilities."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from klantbeeld.platform.access.abilities import abilities
from klantbeeld.platform.access.grants import ACTIONS
from klantbeeld.platform.organisation.granting import ACTION_LABELS, EVERY_OTHER
from klantbeeld.platform.records.registry import registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Cell:
    """One choice in the grid: the name of its control, the chosen value, and what it is called for a screen reader."""

    name: str
    value: str
    label: str


@dataclass(frozen=True)
class Line:
    """One kind of record. `own` says whether the role has a line of its own for it."""

    slug: str
    label: str
    cells: list[Cell]
    ownerless: bool = False
    own: bool = True
    fields: list[Cell] = field(default_factory=list)

    @property
    def limited(self) -> int:
        """How many fields aren't free to read and write."""
        return sum(cell.value != "write" for cell in self.fields)


def lines(grants: Mapping[str, Any]) -> list[Line]:
    """The grid for stored or posted grants; the first line is for every kind without one of its own."""
    stored = grants.get("records", {})
    base = stored.get(EVERY_OTHER, {})
    made = [Line(EVERY_OTHER, _("Every kind"), _cells(EVERY_OTHER, _("Every kind"), base))]
    for each in registry:
        line = stored.get(each.slug)
        label = capfirst(str(each.label_plural))
        modes = (line or {}).get("fields", {})
        made.append(
            Line(
                slug=each.slug,
                label=label,
                cells=_cells(each.slug, label, line),
                ownerless=each.owner is None,
                own=line is not None,
                fields=[
                    Cell(f"field.{each.slug}.{name}", modes.get(name, "write"), capfirst(str(one.label)))
                    for name, one in each.all_fields().items()
                ],
            )
        )
    return made


def posted_grants(data: QueryDict) -> dict[str, Any]:
    """The grants that a posted grid means. A kind of which nothing is chosen gets no line of its own.

    Values aren't checked here: `granting.check_grants` refuses what doesn't exist.
    """
    reach: dict[str, dict[str, str]] = {}
    limits: dict[str, dict[str, str]] = {}
    for key, value in data.items():
        part, _dot, rest = key.partition(".")
        slug, _dot, name = rest.partition(".")
        if part == "reach" and value:
            reach.setdefault(slug, {})[name] = str(value)
        elif part == "field" and value != "write":
            limits.setdefault(slug, {})[name] = str(value)
    base = dict.fromkeys(ACTIONS, "none") | reach.pop(EVERY_OTHER, {})
    records: dict[str, Any] = {EVERY_OTHER: base}
    for slug in sorted({*reach, *limits}):
        records[slug] = base | reach.get(slug, {})
        if slug in limits:
            records[slug]["fields"] = limits[slug]
    return {"records": records, "abilities": sorted(set(data.getlist("abilities")))}


def reaches(kind: Line) -> "list[tuple[str, StrOrPromise]]":
    """What may be chosen in a line."""
    every: list[tuple[str, StrOrPromise]] = [("none", _("none")), ("own", _("own")), ("team", _("the team’s")), ("all", _("all"))]
    if kind.ownerless:
        every = [pair for pair in every if pair[0] in {"none", "all"}]
    return every if kind.slug == EVERY_OTHER else [("", _("as above")), *every]


def modes() -> "list[tuple[str, StrOrPromise]]":
    """What may be chosen for a field."""
    return [
        ("write", pgettext("field", "read and write")),
        ("read", pgettext("field", "read only")),
        ("hidden", pgettext("field", "hidden")),
    ]


def ability_choices(grants: Mapping[str, Any]) -> "list[tuple[str, StrOrPromise, bool]]":
    """Every ability with whether the grants have it."""
    has = set(grants.get("abilities", ()))
    return [(name, label, name in has) for name, label in abilities().items()]


def _cells(slug: str, label: str, line: Mapping[str, Any] | None) -> list[Cell]:
    return [
        Cell(
            f"reach.{slug}.{action}",
            str(line.get(action, "none")) if line is not None else "",
            f"{label}: {ACTION_LABELS[action]}",
        )
        for action in ACTIONS
    ]
