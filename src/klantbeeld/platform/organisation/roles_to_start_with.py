"""The roles that an organisation starts with; it may change them afterwards."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.grants import ACTIONS
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.organisation.names import MANAGE_FIELDS
from klantbeeld.platform.records.registry import registry


@dataclass(frozen=True, slots=True)
class StartingRole:
    """A role before it is stored; `key` is how set-up and the demo refer to it."""

    key: str
    name: str
    description: str
    is_owner: bool
    grants: dict[str, Any]


def default_roles() -> list[StartingRole]:
    """Owner, manager, agent and reader, named in the active language."""
    everything = dict.fromkeys(ACTIONS, "all")
    reading = dict.fromkeys(ACTIONS, "none") | {"read": "all"}
    of_team = {"read": "team", "create": "team", "change": "team", "delete": "own", "export": "none"}
    # Where rows have no owner, "team" would reach nothing.
    ownerless = {each.slug: reading for each in registry if each.owner is None}
    return [
        StartingRole("owner", _("Owner"), _("May do everything, these settings included."), True, {}),
        StartingRole(
            "manager",
            _("Manager"),
            _("Sees and changes every record, adds colleagues and fields."),
            False,
            {"records": {"*": everything}, "abilities": [MANAGE_PEOPLE, MANAGE_FIELDS]},
        ),
        StartingRole(
            "agent",
            _("Agent"),
            _("Works on the records of their teams."),
            False,
            {"records": {"*": of_team, **ownerless}, "abilities": []},
        ),
        StartingRole(
            "reader",
            _("Reader"),
            _("Sees every record and changes none."),
            False,
            {"records": {"*": reading}, "abilities": []},
        ),
    ]


def make_default_roles() -> dict[str, Role]:
    """Store the roles in the current organisation, by key; one with the same name is taken as it is."""
    made = {}
    for start in default_roles():
        made[start.key], _new = Role.objects.get_or_create(
            name=start.name,
            defaults={"description": start.description, "is_owner": start.is_owner, "grants": start.grants},
        )
    return made
