"""Making the one-time link with which an organisation is set up."""

import hashlib
import secrets
from datetime import timedelta

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Gone, Invalid
from klantbeeld.platform.organisation.models import SetUpLink
from klantbeeld.platform.tenancy.models import Tenant

VALID_FOR = timedelta(hours=24)


def make_set_up_link(another: bool = False) -> str:
    """The secret of a new link. Earlier unused links end.

    Raises Invalid when there is an organisation and `another` wasn't asked for, or when one of those that exist
    couldn't be told apart by host name any more.
    """
    tenants = list(Tenant.objects.all())
    if tenants and not another:
        raise Invalid(f"{tenants[0].name} is set up already. Use --new to make another organisation beside it.")
    nameless = [tenant.slug for tenant in tenants if not tenant.hosts]
    if nameless:
        raise Invalid(
            f"{', '.join(nameless)} has no host name; with two organisations it couldn't be found any more."
            f" Give it one: --hosts {nameless[0]}=crm.example.org"
        )
    SetUpLink.objects.filter(used_at=None).delete()
    secret = secrets.token_urlsafe(32)
    SetUpLink.objects.create(digest=_digest(secret), another=another, expires_at=clock.now() + VALID_FOR)
    return secret


def usable_link(secret: str, lock: bool = False) -> SetUpLink:
    """The link with this secret; `lock` keeps others from using it during the transaction.

    Raises Gone when it was used, is too old, never was, or when an organisation exists that it doesn't allow for.
    """
    links = SetUpLink.objects.select_for_update() if lock else SetUpLink.objects.all()
    link = links.filter(digest=_digest(secret), used_at=None, expires_at__gt=clock.now()).first()
    if link is None or (not link.another and Tenant.objects.exists()):
        raise Gone
    return link


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
