"""The organisation that is measured: its colleagues, teams and roles."""

from dataclasses import dataclass
from uuid import UUID

from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.people.models import Member, Team, TeamMember, User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

SLUG = "bench"
_TEAM_SIZE = 8
_TEAM = {"read": "team", "create": "all", "change": "team", "delete": "own", "export": "none"}


@dataclass(frozen=True, slots=True)
class Organisation:
    """The tenant, an owner who may do everything, an agent with the rights of a team, and all colleagues."""

    tenant: Tenant
    owner: UUID
    agent: UUID
    members: tuple[UUID, ...]


def found(members: int) -> Organisation:
    """Make the organisation with this many colleagues in teams of eight. There must be none yet."""
    tenant = Tenant.objects.create(slug=SLUG, name="Bench")
    with entered(Scope(tenant.id, origin="bench")):
        owner_role = Role.objects.create(name="Owner", is_owner=True)
        agent_role = Role.objects.create(name="Agent", grants={"records": {"*": _TEAM}})
        owner = _employed(0, owner_role)
        agents = [_employed(number, agent_role) for number in range(1, members)]
        for start in range(0, len(agents), _TEAM_SIZE):
            team = Team.objects.create(name=f"Team {start // _TEAM_SIZE + 1}")
            TeamMember.objects.bulk_create(
                TeamMember(team=team, member=member) for member in agents[start : start + _TEAM_SIZE]
            )
    return Organisation(tenant, owner.id, agents[0].id, tuple(each.id for each in agents))


def _employed(number: int, role: Role) -> Member:
    name = f"Colleague {number}"
    user = User.objects.create_user(f"colleague{number}@bench.example", None, name=name)
    member = Member.objects.create(user=user, name=name)
    MemberRole.objects.create(member=member, role=role)
    return member
