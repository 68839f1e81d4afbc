"""Setting up single sign-on: only for owners, since whoever runs a provider decides who comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.people.models import Member, Session
from klantbeeld.platform.signon.public import Protocol, Provider, check_issuer, read_metadata, sealed

_PROVEN_BY = ("issuer", "client_id", "secret", "protocol", "sign_in_url", "certificate")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a provider is to be. `secret` and `metadata` "" keep what there is; `groups` gives roles by name of group.

    SAML needs the metadata (XML or its address), OpenID Connect the issuer and the client id.
    """

    name: str
    issuer: str = ""
    client_id: str = ""
    protocol: str = Protocol.OPENID_CONNECT
    metadata: str = ""
    secret: str = ""
    joins: bool = False
    default_role: Role | None = None
    group_claim: str = "groups"
    groups: Mapping[str, Role] | None = None
    only: bool = False
    break_glass: Member | None = None


def save_provider(actor: Actor, provider_id: UUID | None, wanted: Wanted) -> Provider:
    """The provider (a new one for None). One whose address, client or secret changes has to be tested again.

    Turning on `only` ends every session here but the actor's and the break-glass owner's. Raises NotAllowed for who
    may not do everything, NotFoundHere, Invalid with what is wrong by field.
    """
    _must_own(actor)
    groups = wanted.groups or {}
    with transaction.atomic():
        provider = Provider() if provider_id is None else _locked(provider_id)
        before = [getattr(provider, name) for name in _PROVEN_BY]
        was_only = provider.only
        if Provider.objects.filter(name=wanted.name).exclude(id=provider.id).exists():
            raise Invalid({"name": [_("There is a provider with this name already.")]})
        _no_owners([role for role in (wanted.default_role, *groups.values()) if role])
        for name in ("name", "protocol", "joins", "default_role", "only", "break_glass"):
            setattr(provider, name, getattr(wanted, name))
        provider.group_claim = wanted.group_claim or "groups"
        provider.groups = {group: str(role.id) for group, role in groups.items()}
        _set_where(provider, wanted)
        if before != [getattr(provider, name) for name in _PROVEN_BY]:
            if provider.protocol == Protocol.OPENID_CONNECT:
                check_issuer(provider.issuer)
            provider.tested_at = None
        _check_only(provider)
        provider.save()
        if provider.only and not was_only:
            _end_sessions(actor, provider)
    return provider


def delete_provider(actor: Actor, provider_id: UUID) -> None:
    """The provider gone; who came in by it needs another way. Raises NotAllowed, NotFoundHere."""
    _must_own(actor)
    with transaction.atomic():
        _locked(provider_id).delete()


def _set_where(provider: Provider, wanted: Wanted) -> None:
    if wanted.protocol == Protocol.SAML:
        if wanted.metadata:
            told = read_metadata(wanted.metadata)
            provider.issuer, provider.sign_in_url = told.entity_id, told.sign_in_url
            provider.certificate = told.certificate
        elif not provider.certificate:
            raise Invalid({"metadata": [_("Paste the metadata of the provider, or its address.")]})
        return
    if not (wanted.issuer and wanted.client_id):
        missing = "client_id" if wanted.issuer else "issuer"
        raise Invalid({missing: [_("OpenID Connect needs this.")]})
    provider.issuer, provider.client_id = wanted.issuer.rstrip("/"), wanted.client_id
    provider.secret = sealed(wanted.secret) if wanted.secret else provider.secret


def _must_own(actor: Actor) -> None:
    if not actor.grants.everything or actor.grants.only is not None:
        raise NotAllowed


def _locked(provider_id: UUID) -> Provider:
    provider = Provider.objects.select_for_update().filter(id=provider_id).first()
    if provider is None:
        raise NotFoundHere
    return provider


def _no_owners(roles: list[Role]) -> None:
    if any(role.is_owner for role in roles):
        raise Invalid(_("A role that may do everything can’t be given by single sign-on. Give it by hand."))


def _check_only(provider: Provider) -> None:
    if not provider.only:
        return
    if provider.tested_at is None:
        raise Invalid({"only": [_("Test this sign-in first. Nobody would be able to come in if it didn’t work.")]})
    spared = provider.break_glass
    if spared is None:
        raise Invalid({"break_glass": [_("Choose an owner who may still come in if the provider is down.")]})
    owns = MemberRole.objects.filter(member=spared, role__is_owner=True).exists()
    if not (owns and spared.active and spared.user.has_usable_password()):
        raise Invalid({"break_glass": [_("This must be an active owner who has a password.")]})


def _end_sessions(actor: Actor, provider: Provider) -> None:
    spared = [user_id for user_id in (actor.user_id, provider.break_glass and provider.break_glass.user_id) if user_id]
    Session.objects.filter(organisation_id=actor.tenant.id).exclude(user_id__in=spared).delete()
