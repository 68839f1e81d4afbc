"""The organisation of the demo: its people, teams and roles, and the one field it added."""

from collections.abc import Sequence

from django.utils import translation

from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.customfields.public import CustomField, forget
from klantbeeld.platform.organisation.public import make_default_roles
from klantbeeld.platform.people.models import Member, Team, TeamMember, User
from klantbeeld.platform.people.vouching import vouch_for_address
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

SLUG = "noorderlicht"
OWNER = "alice@noorderlicht.example"
# Name, e-mail address, team, key of the starting role.
PEOPLE = (
    ("Alice Vermeer", OWNER, None, "owner"),
    ("Bob Jansen", "bob@noorderlicht.example", "Service", "agent"),
    ("Sanne de Wit", "sanne@noorderlicht.example", "Service", "manager"),
    ("Milan Bakker", "milan@noorderlicht.example", "Sales", "agent"),
)


def founded() -> Tenant:
    """The organisation, with all that belongs to it; what is there already stays as it is."""
    tenant, _made = Tenant.objects.get_or_create(
        slug=SLUG, defaults={"name": "Noorderlicht", "language": "nl", "hosts": ["localhost", "127.0.0.1"]}
    )
    with entered(Scope(tenant.id, origin="demo")):
        with translation.override(tenant.language):
            roles = make_default_roles()
        for name, email, team, role in PEOPLE:
            _employ(name, email, team, roles[role])
        CustomField.objects.get_or_create(
            record_type="customers", key="source", defaults={"label": "Source", "kind": "text"}
        )
        forget()
    return tenant


def owners() -> Sequence[str]:
    """The e-mail addresses of those who look after customers."""
    return [email for _name, email, team, _role in PEOPLE if team]


def _employ(name: str, email: str, team: str | None, role: Role) -> None:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, None, name=name)
    vouch_for_address(user)
    member, _made = Member.objects.get_or_create(user=user, defaults={"name": name})
    MemberRole.objects.get_or_create(member=member, role=role)
    if team:
        TeamMember.objects.get_or_create(team=Team.objects.get_or_create(name=team)[0], member=member)
