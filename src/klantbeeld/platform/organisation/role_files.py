"""Roles as a file: to keep, to compare with another installation's, to bring in there. What comes in is hostile."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.organisation.actions.save_role import save_role
from klantbeeld.platform.organisation.granting import check_grants
from klantbeeld.platform.organisation.roles_compared import Compared, Rights, compare

LARGEST = 500_000  # bytes
MOST_ROLES = 100
_FORMAT, _VERSION = "klantbeeld-roles", 1
_KEYS = frozenset({"name", "description", "may_do_everything", "grants"})


@dataclass(frozen=True)
class Planned:
    """A role of a file: what it would become here, what would change, and what is wrong with it."""

    name: str
    description: str
    is_owner: bool
    grants: Mapping[str, Any]
    existing: Role | None = None
    changes: list[Compared] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def dump(roles: Iterable[Role]) -> str:
    """The roles as the text of a file."""
    data = [
        {
            "name": each.name,
            "description": each.description,
            "may_do_everything": each.is_owner,
            "grants": each.grants,
        }
        for each in roles
    ]
    return json.dumps({"format": _FORMAT, "version": _VERSION, "roles": data}, indent=2, ensure_ascii=False) + "\n"


def read(text: str) -> list[Planned]:
    """What a file would make of the roles here. Nothing is written.

    Raises Invalid when it is no such file; what is wrong with a role of it stands with that role.
    """
    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise Invalid(_("This file is too large for roles. Nothing was changed."))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid(_("This isn’t JSON, or is damaged. Nothing was changed.")) from None
    if not isinstance(data, dict) or data.get("format") != _FORMAT or data.get("version") != _VERSION:
        raise Invalid(_("This isn’t a file with roles. Nothing was changed."))
    given = data.get("roles")
    if not isinstance(given, list) or not given or len(given) > MOST_ROLES:
        raise Invalid(_("A file holds between 1 and %(most)d roles. Nothing was changed.") % {"most": MOST_ROLES})
    there = {each.name: each for each in Role.objects.all()}
    planned = [_planned(each, number, there) for number, each in enumerate(given, 1)]
    names = [each.name for each in planned]
    for each in planned:
        if names.count(each.name) > 1:
            each.problems.append(_("This name stands in the file more than once."))
    return planned


def bring_in(actor: Actor, planned: Iterable[Planned]) -> int:
    """Make the roles, and change those that are there under the same name; all of them or none. How many there were.

    Raises Invalid and NotAllowed as `save_role` does, naming the role.
    """
    done = 0
    with transaction.atomic():
        for each in planned:
            if each.problems:
                raise Invalid(_("%(role)s: %(why)s Nothing was changed.") % _named(each, each.problems[0]))
            role_id = each.existing.id if each.existing else None
            try:
                save_role(actor, role_id, each.name, each.description, each.is_owner, each.grants)
            except (Invalid, NotAllowed) as refused:
                raise Invalid(_("%(role)s: %(why)s Nothing was changed.") % _named(each, str(refused))) from None
            done += 1
    return done


def _named(each: Planned, why: str) -> dict[str, str]:
    return {"role": each.name, "why": why}


def _planned(given: Any, number: int, there: Mapping[str, Role]) -> Planned:
    nameless = _("Role %(number)d") % {"number": number}
    try:
        name, description, is_owner, grants = _shaped(given)
    except Invalid as wrong:
        name = given["name"] if isinstance(given, dict) and isinstance(given.get("name"), str) else nameless
        return Planned(name[:100] or nameless, "", False, {}, problems=_told(wrong))
    existing = there.get(name)
    try:
        check_grants(grants)
        now = Rights(existing.is_owner, existing.grants) if existing else Rights(False, {})
        changes = [each for each in compare(now, Rights(is_owner, grants)) if each.differs]
    except Invalid as wrong:
        return Planned(name, description, is_owner, grants, existing, problems=_told(wrong))
    return Planned(name, description, is_owner, grants, existing, changes)


def _shaped(given: Any) -> tuple[str, str, bool, dict[str, Any]]:
    """The parts of a role, each of the kind that it is to be. Raises Invalid by place."""
    if not isinstance(given, dict):
        raise Invalid(_("This isn’t a role."))
    unknown = sorted(set(given) - _KEYS)
    if unknown:
        raise Invalid(_("Unknown: %(names)s.") % {"names": ", ".join(unknown)[:200]})
    name, description = given.get("name"), given.get("description", "")
    is_owner, grants = given.get("may_do_everything", False), given.get("grants", {})
    if not isinstance(name, str) or not name.strip() or len(name) > 100 or "\x00" in name:
        raise Invalid({"name": [_("A name has between 1 and 100 characters.")]})
    if not isinstance(description, str) or len(description) > 500 or "\x00" in description:
        raise Invalid({"description": [_("A description has at most 500 characters.")]})
    if not isinstance(is_owner, bool):
        raise Invalid({"may_do_everything": [_("Use true or false.")]})
    _check_shape(grants)
    return name.strip(), description.strip(), is_owner, {} if is_owner else grants


def _check_shape(grants: Any) -> None:
    if not isinstance(grants, dict):
        raise Invalid({"grants": [_("This isn’t a table of rights.")]})
    lines, abilities = grants.get("records", {}), grants.get("abilities", [])
    if not isinstance(abilities, list) or not all(isinstance(each, str) for each in abilities):
        raise Invalid({"grants.abilities": [_("This isn’t a list of names.")]})
    if not isinstance(lines, dict):
        raise Invalid({"grants.records": [_("This isn’t a table of rights.")]})
    for slug, line in lines.items():
        fields = line.get("fields", {}) if isinstance(line, dict) else None
        if not isinstance(fields, dict):
            raise Invalid({f"grants.records.{slug[:60]}": [_("This isn’t a table of rights.")]})


def _told(wrong: Invalid) -> list[str]:
    return [f"{place}: {text}" if place else str(text) for place, texts in wrong.errors.items() for text in texts]
