"""The colleagues at work with their rights and, beside what these add up to, each of their roles by name."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Grants, merge
from klantbeeld.platform.tenancy.models import Tenant

_COLUMNS = 7  # those of `actors.COLUMNS`
_QUERY = f"""
SELECT {actors.COLUMNS},
       (SELECT coalesce(jsonb_agg(jsonb_build_array(r.id, r.name, r.is_owner, r.grants) ORDER BY r.name), '[]')
          FROM access_memberrole mr JOIN access_role r ON r.id = mr.role_id AND r.tenant_id = mr.tenant_id
         WHERE mr.member_id = m.id AND mr.tenant_id = m.tenant_id),
       (SELECT coalesce(array_agg(tm.team_id), '{{}}') FROM people_teammember tm
         WHERE tm.member_id = m.id AND tm.tenant_id = m.tenant_id)
  FROM people_member m JOIN people_user u ON u.id = m.user_id
 WHERE {actors.IS_ACTIVE} AND m.tenant_id = %s AND (%s::uuid[] IS NULL OR m.id = ANY(%s::uuid[]))
 ORDER BY m.name, m.id
"""  # noqa: S608 - constants only


@dataclass(frozen=True)
class NamedRole:
    """A role that somebody has."""

    id: UUID
    name: str
    is_owner: bool
    stored: Any

    @cached_property
    def grants(self) -> Grants:
        """What this role grants by itself."""
        return merge([(self.is_owner, self.stored)])


@dataclass(frozen=True)
class Colleague:
    """A colleague who may sign in: what they may do together, from which roles, and the ids of their teams."""

    actor: Actor
    roles: tuple[NamedRole, ...]
    teams: frozenset[UUID]


def everyone(tenant: Tenant, only: Collection[UUID] | None = None) -> list[Colleague]:
    """The active colleagues of the current tenant by name, or those of `only` among them. One query."""
    ids = None if only is None else list(only)
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [tenant.id, ids, ids])
        return [_colleague(tenant, row) for row in cursor.fetchall()]


def _colleague(tenant: Tenant, row: Any) -> Colleague:
    *member, roles, teams = row
    loaded = json.loads(roles) if isinstance(roles, str) else roles
    named = tuple(NamedRole(UUID(key), name, is_owner, grants) for key, name, is_owner, grants in loaded)
    return Colleague(actors.from_row(tenant, member[:_COLUMNS]), named, frozenset(teams))
