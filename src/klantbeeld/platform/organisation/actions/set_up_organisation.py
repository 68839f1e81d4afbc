"""Making an organisation with its first roles and its owner."""

from dataclasses import dataclass, field

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from klantbeeld.platform.access.models import MemberRole
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.actions.make_set_up_link import usable_link
from klantbeeld.platform.organisation.roles_to_start_with import make_default_roles
from klantbeeld.platform.people.models import Member, User
from klantbeeld.platform.people.vouching import vouch_for_address
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation to be made. `hosts` may be empty while it is the only one."""

    name: str
    country: str = "NL"
    currency: str = "EUR"
    language: str = "en"
    timezone: str = "Europe/Amsterdam"
    hosts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewOwner:
    """Who will own it. For an address that has an account, `password` must be that account's."""

    name: str
    email: str
    password: str


def set_up_by_link(secret: str, organisation: NewOrganisation, owner: NewOwner) -> tuple[Tenant, User]:
    """As `set_up_organisation`, with a link that is used up by it. Raises Gone for a link that can't be used."""
    with transaction.atomic():
        link = usable_link(secret, lock=True)
        made = set_up_organisation(organisation, owner)
        link.used_at = clock.now()
        link.save(update_fields=["used_at"])
    return made


def set_up_organisation(organisation: NewOrganisation, owner: NewOwner) -> tuple[Tenant, User]:
    """The organisation and its owner's account, made in one transaction with the default roles.

    Raises Invalid for a host name that is taken, and for a password that is weak or not the account's.
    """
    with transaction.atomic(), translation.override(organisation.language):
        _check_hosts(organisation.hosts)
        tenant = Tenant.objects.create(
            slug=_free_slug(organisation.name),
            name=organisation.name,
            hosts=organisation.hosts,
            language=organisation.language,
            timezone=organisation.timezone,
            currency=organisation.currency,
            country=organisation.country,
        )
        user = _account(owner, organisation.language)
        with entered(Scope(tenant.id, origin="set-up")):
            member = Member.objects.create(user=user, name=owner.name, account_made_here=True)
            MemberRole.objects.create(member=member, role=make_default_roles()["owner"])
    return tenant, user


def _check_hosts(hosts: list[str]) -> None:
    others = list(Tenant.objects.all())
    if others and not hosts:
        raise Invalid({"hosts": [_("Give at least one host name: there is another organisation here.")]})
    taken = sorted(set(hosts) & {host for tenant in others for host in tenant.hosts})
    if taken:
        raise Invalid({"hosts": [_("In use by another organisation: %(hosts)s.") % {"hosts": ", ".join(taken)}]})


def _free_slug(name: str) -> str:
    start = slugify(name)[:40] or "organisation"
    taken = set(Tenant.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    return next(slug for slug in (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _account(owner: NewOwner, language: str) -> User:
    known = User.objects.filter(email__iexact=owner.email).first()
    if known is not None:
        if not known.is_active or not known.check_password(owner.password):
            raise Invalid(
                {"password": [_("There is an account with this address. Give the password of that account.")]}
            )
        return known
    try:
        password_validation.validate_password(owner.password, User(email=owner.email, name=owner.name))
    except ValidationError as problem:
        raise Invalid({"password": problem.messages}) from None
    user = User.objects.create_user(owner.email, owner.password, name=owner.name, language=language)
    vouch_for_address(user)
    return user
