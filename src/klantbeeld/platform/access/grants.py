"""The grants of roles as values: parsed strictly, merged by "the widest wins"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.kernel.errors import Invalid

ACTIONS = ("read", "create", "change", "delete", "export")


class Reach(IntEnum):
    """Which rows: none, one's own, those of one's teams, all."""

    NONE = 0
    OWN = 1
    TEAM = 2
    ALL = 3


class Mode(IntEnum):
    """What one may do with a field."""

    HIDDEN = 0
    READ = 1
    WRITE = 2


@dataclass(frozen=True, slots=True)
class TypeGrant:
    """What is granted on one record type. A field that isn't named is `write`."""

    reach: Mapping[str, Reach]
    fields: Mapping[str, Mode] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grants:
    """All that a member's roles grant together."""

    everything: bool = False
    by_type: Mapping[str, tuple[TypeGrant, ...]] = field(default_factory=dict)
    abilities: frozenset[str] = frozenset()

    def reach(self, record_type: str, action: str) -> Reach:
        """How far `action` reaches. Raises KeyError for an action that doesn't exist."""
        if action not in ACTIONS:
            raise KeyError(action)
        if self.everything:
            return Reach.ALL
        return max((grant.reach[action] for grant in self._for(record_type)), default=Reach.NONE)

    def mode(self, record_type: str, name: str) -> Mode:
        """What may be done with a field: the most open of the roles that let one read the type at all."""
        if self.everything:
            return Mode.WRITE
        readers = (grant for grant in self._for(record_type) if grant.reach["read"])
        return max((grant.fields.get(name, Mode.WRITE) for grant in readers), default=Mode.HIDDEN)

    def may(self, ability: str) -> bool:
        """Whether something that isn't about records (such as `people.manage`) is allowed."""
        return self.everything or ability in self.abilities

    def _for(self, record_type: str) -> tuple[TypeGrant, ...]:
        # A role's own line for a type replaces its "*" line; `merge` has sorted that out per role.
        return self.by_type.get(record_type) or self.by_type.get("*", ())


def parse_type(data: Mapping[str, Any], where: str) -> TypeGrant:
    """One record type's line of a role. Raises Invalid naming the place that is wrong."""
    reach, modes = {}, {}
    for action in ACTIONS:
        try:
            reach[action] = Reach[str(data.get(action, "none")).upper()]
        except KeyError:
            raise Invalid({f"{where}.{action}": [_("Use none, own, team or all.")]}) from None
    for name, mode in dict(data.get("fields", {})).items():
        try:
            modes[name] = Mode[str(mode).upper()]
        except KeyError:
            raise Invalid({f"{where}.fields.{name}": [_("Use hidden, read or write.")]}) from None
    unknown = set(data) - {*ACTIONS, "fields"}
    if unknown:
        raise Invalid({where: [_("Unknown: %(names)s.") % {"names": ", ".join(sorted(unknown))}]})
    return TypeGrant(reach, modes)


def merge(roles: Iterable[tuple[bool, Mapping[str, Any]]]) -> Grants:
    """The grants of several roles, given as (may do everything, grants), together. Raises Invalid on a broken one."""
    parsed: list[dict[str, TypeGrant]] = []
    abilities: set[str] = set()
    for everything, grants in roles:
        if everything:
            return Grants(everything=True)
        lines = grants.get("records", {})
        parsed.append({name: parse_type(line, f"records.{name}") for name, line in lines.items()})
        abilities.update(grants.get("abilities", ()))
    names = {name for role in parsed for name in role}
    by_type = {
        name: tuple(found for role in parsed if (found := role.get(name) or role.get("*")) is not None)
        for name in names
    }
    return Grants(by_type=by_type, abilities=frozenset(abilities))
