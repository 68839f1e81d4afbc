"""The grants of roles as values: parsed strictly, merged by "the widest wins"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
    """All that a member's roles grant together.

    `only`, if there is one, narrows them: by record type (or "*") the actions that are left, see `within`.
    """

    everything: bool = False
    by_type: Mapping[str, tuple[TypeGrant, ...]] = field(default_factory=dict)
    abilities: frozenset[str] = frozenset()
    only: Mapping[str, frozenset[str]] | None = None

    def reach(self, record_type: str, action: str) -> Reach:
        """How far `action` reaches. Raises KeyError for an action that doesn't exist."""
        if action not in ACTIONS:
            raise KeyError(action)
        if not self.covers(record_type, action):
            return Reach.NONE
        if self.everything:
            return Reach.ALL
        return max((grant.reach[action] for grant in self._for(record_type)), default=Reach.NONE)

    def mode(self, record_type: str, name: str) -> Mode:
        """What may be done with a field: the most open of the roles that let one read the type at all."""
        most = self._most_open(record_type)
        if self.everything or most is Mode.HIDDEN:
            return most
        readers = (grant for grant in self._for(record_type) if grant.reach["read"])
        return min(most, max((grant.fields.get(name, Mode.WRITE) for grant in readers), default=Mode.HIDDEN))

    def reads_every_field(self, record_type: str) -> bool:
        """Whether no field of the type is hidden: the same as asking `mode` of each, at once."""
        if not self.covers(record_type, "read"):
            return False
        return self.everything or self._opens_all(record_type)

    def writes_every_field(self, record_type: str) -> bool:
        """Whether every field of the type may be written: the same as asking `mode` of each, at once."""
        if self._most_open(record_type) is not Mode.WRITE:
            return False
        return self.everything or self._opens_all(record_type)

    def _opens_all(self, record_type: str) -> bool:
        return any(grant.reach["read"] and not grant.fields for grant in self._for(record_type))

    @property
    def fingerprint(self) -> str:
        """A text that is the same only for grants that allow the same."""
        return "all" if self.everything and self.only is None else repr(self)

    def covers(self, record_type: str, action: str) -> bool:
        """Whether `only` leaves this action, whatever the roles say of it."""
        if self.only is None:
            return True
        return action in self.only.get("*", ()) or action in self.only.get(record_type, ())

    def _most_open(self, record_type: str) -> Mode:
        if not self.covers(record_type, "read"):
            return Mode.HIDDEN
        writes = self.covers(record_type, "create") or self.covers(record_type, "change")
        return Mode.WRITE if writes else Mode.READ

    def may(self, ability: str) -> bool:
        """Whether something that isn't about records (such as `people.manage`) is allowed."""
        return self.only is None and (self.everything or ability in self.abilities)

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


def within(grants: Grants, only: Mapping[str, Iterable[str]]) -> Grants:
    """The part of `grants` that lies within `only`: by record type, or "*" for all, the actions that are left.

    Nothing is ever added: what the roles don't grant stays out. Abilities, which aren't about records, all fall away.
    Raises KeyError for an action that doesn't exist, ValueError when the grants have been narrowed before.
    """
    if grants.only is not None:
        raise ValueError("These grants have been narrowed already.")
    wanted = {name: frozenset(actions) for name, actions in only.items()}
    for action in frozenset[str]().union(*wanted.values()):
        if action not in ACTIONS:
            raise KeyError(action)
    return replace(grants, only=wanted)
