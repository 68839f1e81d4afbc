"""Who acts, with everything that decides what they may see and do: read once per request."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from klantbeeld.platform.access.grants import Grants, merge
from klantbeeld.platform.access.organisations import Organisation, of_account
from klantbeeld.platform.tenancy.models import Tenant


@dataclass(frozen=True, slots=True)
class Actor:
    """A member at work, or the system (`member_id` None) on behalf of a tenant.

    `colleagues` are the ids of all members who share a team with this one, the member included.
    """

    tenant: Tenant
    grants: Grants
    member_id: UUID | None = None
    user_id: UUID | None = None
    name: str = ""
    language: str = "en"
    timezone: str = "Europe/Amsterdam"
    colleagues: Sequence[UUID] = field(default_factory=tuple)

    @property
    def tenant_name(self) -> str:
        """The organisation's name, for the shell."""
        return self.tenant.name

    @property
    def locale(self) -> str:
        """The locale of formats: the language in the organisation's country."""
        return {"en": "en_GB", "nl": "nl_NL"}.get(self.language, self.language)

    @property
    def organisations(self) -> list[Organisation]:
        """The organisations that this account belongs to, for the switcher; none for the system."""
        return of_account(self.user_id, self.tenant.id) if self.user_id else []

    def may(self, ability: str) -> bool:
        """Whether something that isn't about records is allowed."""
        return self.grants.may(ability)


# For those who find a member by something of their own, such as a token, in the same query. `m` is the member, `u`
# the account; the columns are read by `from_row`, and `IS_ACTIVE` must hold.
COLUMNS = """
       m.id, m.name, u.id, u.language, u.timezone,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(r.is_owner, r.grants)), '[]')
          FROM access_memberrole mr JOIN access_role r ON r.id = mr.role_id AND r.tenant_id = mr.tenant_id
         WHERE mr.member_id = m.id AND mr.tenant_id = m.tenant_id),
       (SELECT coalesce(array_agg(DISTINCT theirs.member_id), '{}')
          FROM people_teammember mine
          JOIN people_teammember theirs ON theirs.team_id = mine.team_id AND theirs.tenant_id = mine.tenant_id
         WHERE mine.member_id = m.id AND mine.tenant_id = m.tenant_id)
"""
IS_ACTIVE = "m.active AND u.is_active"
_MEMBER = f"""
SELECT {COLUMNS}
  FROM people_member m JOIN people_user u ON u.id = m.user_id
 WHERE {IS_ACTIVE} AND m.tenant_id = %s AND
"""  # noqa: S608 - constants of this module only


def of_user(tenant: Tenant, user_id: UUID) -> Actor | None:
    """The actor for an account in the current tenant; None when it is no (active) member. One query."""
    return _read(tenant, "u.id = %s", user_id)


def of_member(tenant: Tenant, member_id: UUID) -> Actor | None:
    """The actor for a member of the current tenant; None when there is no such active one. One query."""
    return _read(tenant, "m.id = %s", member_id)


def of_members(tenant: Tenant, member_ids: Collection[UUID]) -> dict[UUID, Actor]:
    """The actors for several members of the current tenant by id, those that aren't active left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMBER + "m.id = ANY(%s)", [tenant.id, list(member_ids)])
        rows = cursor.fetchall()
    return {row[0]: from_row(tenant, row) for row in rows}


def system(tenant: Tenant) -> Actor:
    """The system itself: may do everything within the tenant; history shows it as such."""
    return Actor(tenant, Grants(everything=True), language=tenant.language, timezone=tenant.timezone)


def _read(tenant: Tenant, condition: str, key: UUID) -> Actor | None:
    with connection.cursor() as cursor:
        cursor.execute(_MEMBER + condition, [tenant.id, key])
        row = cursor.fetchone()
    return None if row is None else from_row(tenant, row)


def from_row(tenant: Tenant, row: Sequence[Any]) -> Actor:
    """The actor for what `COLUMNS` selected. Raises Invalid when a role of theirs is broken."""
    member_id, name, user_id, language, timezone, roles, colleagues = row
    return Actor(
        tenant=tenant,
        grants=merge(_loaded(roles)),
        member_id=member_id,
        user_id=user_id,
        name=name,
        language=language or tenant.language,
        timezone=timezone or tenant.timezone,
        colleagues=tuple({member_id, *colleagues}),
    )


def _loaded(roles: Any) -> Any:
    return json.loads(roles) if isinstance(roles, str) else roles
