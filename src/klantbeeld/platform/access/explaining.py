"""Why somebody may, or may not, do something: the decision of the gates, step by step, with the roles that made it.

Whether a step was passed is always asked of the gates themselves. This module only finds out why they said so: it asks
each role alone what it says, by the same rules by which all are added up.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Protocol
from uuid import UUID

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.everyone import NamedRole
from klantbeeld.platform.access.gates import Guarded
from klantbeeld.platform.access.grants import Mode, Reach


class Explained(Guarded, Protocol):
    """What explaining needs to know of a record type besides what the gates do."""

    creatable: ClassVar[bool]
    changeable: ClassVar[bool]
    deletable: ClassVar[bool]

    def readable(self, actor: Actor) -> Collection[str]:
        """The names of the fields that may be read."""

    def writable(self, actor: Actor) -> Collection[str]:
        """The names of the fields that may be written."""

    def all_fields(self) -> Any:
        """Every field by name."""


class Why(StrEnum):
    """The rule that decides a step."""

    CLOSED = "closed"  # the kind of record doesn't allow this to anybody
    NO_ROLE = "no role"  # no role reaches any record
    OWNERLESS = "ownerless"  # roles say "own" or "team", but records of this kind belong to nobody
    SOME = "some"  # roles reach some records of the kind
    ALL = "all"
    THEIRS = "theirs"
    TEAM = "team"
    NOBODYS = "nobody's"
    NOT_THEIRS = "not theirs"
    OTHER_TEAM = "other team"
    OWN_RULE = "own rule"  # the kind of record has a rule besides roles
    FIXED = "fixed"  # nobody writes this field: it follows from others
    HIDDEN = "hidden"
    READ_ONLY = "read only"
    OPEN = "open"


@dataclass(frozen=True)
class Said:
    """What one role says: how far the action reaches, and of the field, if one was asked about."""

    role: NamedRole
    reach: Reach
    mode: Mode


@dataclass(frozen=True)
class Step:
    """One step of a decision ("kind", "record" or "field"), the rule that decided it and the roles that say so."""

    about: str
    passed: bool
    why: Why
    roles: tuple[NamedRole, ...] = ()


@dataclass(frozen=True)
class RecordFacts:
    """What of a record bears on a decision: whether the gate lets this actor at it, and who owns it."""

    reached: bool
    owner_id: UUID | None


@dataclass(frozen=True)
class Explanation:
    """A decision with its steps; those after the first that wasn't passed are left out."""

    steps: tuple[Step, ...]
    said: tuple[Said, ...]

    @property
    def allowed(self) -> bool:
        """What was decided."""
        return self.decisive.passed

    @property
    def decisive(self) -> Step:
        """The step that decided: the one that wasn't passed, else the last."""
        return self.steps[-1]


def explain(
    actor: Actor,
    roles: Sequence[NamedRole],
    guarded: Explained,
    action: str,
    record: RecordFacts | None = None,
    field: str = "",
) -> Explanation:
    """Why `actor`, who has these roles, may or may not do `action`: at all, on a record, with a field of it.

    For a field "change" and "create" ask whether it may be written, other actions whether it may be read. Raises
    KeyError for an action or a field that doesn't exist.
    """
    if field and field not in guarded.all_fields():
        raise KeyError(field)
    said = tuple(
        Said(each, each.grants.reach(guarded.slug, action), each.grants.mode(guarded.slug, field)) for each in roles
    )
    steps = [_kind(actor, guarded, action, said)]
    if steps[-1].passed and record is not None and action != "create":
        steps.append(_record(actor, guarded, action, record, said))
    if steps[-1].passed and field:
        steps.append(_field(actor, guarded, action, field, said))
    return Explanation(tuple(steps), said)


def offered(guarded: Explained, action: str) -> bool:
    """Whether the kind of record lets anybody do this."""
    return {"create": guarded.creatable, "change": guarded.changeable, "delete": guarded.deletable}.get(action, True)


def _kind(actor: Actor, guarded: Explained, action: str, said: Sequence[Said]) -> Step:
    if not offered(guarded, action):
        return Step("kind", False, Why.CLOSED)
    if not gates.may(actor, action, guarded):
        return Step("kind", False, Why.NO_ROLE)
    if action != "create" and gates.reach_filter(actor, action, guarded) is None:
        return Step("kind", False, Why.OWNERLESS, _widest(actor, guarded, action, said))
    reach = actor.grants.reach(guarded.slug, action)
    why = Why.ALL if reach is Reach.ALL else Why.SOME
    return Step("kind", True, why, _widest(actor, guarded, action, said))


def _record(actor: Actor, guarded: Explained, action: str, record: RecordFacts, said: Sequence[Said]) -> Step:
    owners = gates.owners_reached(actor, action, guarded)
    within = owners is None or (record.owner_id is not None and record.owner_id in owners)
    why = _whose(actor, record.owner_id, owners is None, within, actor.grants.reach(guarded.slug, action))
    if within and not record.reached:
        why = Why.OWN_RULE
    return Step("record", record.reached, why, _widest(actor, guarded, action, said))


def _whose(actor: Actor, owner_id: UUID | None, every: bool, within: bool, reach: Reach) -> Why:
    if every:
        return Why.ALL
    if within:
        return Why.THEIRS if owner_id == actor.member_id else Why.TEAM
    if owner_id is None:
        return Why.NOBODYS
    return Why.NOT_THEIRS if reach is Reach.OWN else Why.OTHER_TEAM


def _field(actor: Actor, guarded: Explained, action: str, field: str, said: Sequence[Said]) -> Step:
    writes = action in {"change", "create"}
    passed = field in (guarded.writable(actor) if writes else guarded.readable(actor))
    most = actor.grants.mode(guarded.slug, field)
    if passed:
        return Step("field", True, Why.OPEN, tuple(each.role for each in said if each.mode is most))
    if writes and most is Mode.WRITE:
        return Step("field", False, Why.FIXED)
    why = Why.READ_ONLY if most is Mode.READ else Why.HIDDEN
    readers = (each.role for each in said if each.role.grants.reach(guarded.slug, "read") is not Reach.NONE)
    return Step("field", False, why, tuple(readers))


def _widest(actor: Actor, guarded: Explained, action: str, said: Sequence[Said]) -> tuple[NamedRole, ...]:
    reach = actor.grants.reach(guarded.slug, action)
    return tuple(each.role for each in said if each.reach is reach)
