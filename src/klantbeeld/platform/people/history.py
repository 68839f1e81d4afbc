"""Who tried to sign in at this organisation, from where, how, and with what outcome."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.db.models import QuerySet
from django.http import HttpRequest

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.people.models import Member, Outcome, SignIn, User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

_BROWSER_LENGTH = 300
SSO = "sso"


def note_sign_in(request: HttpRequest, user: User | None, outcome: Outcome, how: str = "") -> None:
    """Keep an attempt. Nothing is kept where no organisation lives; of who is no colleague only that it was."""
    if getattr(request, "tenant", None) is None:
        return
    member = Member.objects.filter(user=user).first() if user else None
    SignIn.objects.create(
        member=member, outcome=outcome, how=how, address=address_of(request), browser=browser_of(request)
    )


def steps_of(request: HttpRequest, user: User) -> str:
    """The steps by which an account came in during this session, joined by "+", for `SignIn.how`."""
    names = [_step(record) for record in get_authentication_records(request, user)]
    return "+".join(dict.fromkeys(names))[:60]


def came_by_sso(request: HttpRequest, user: Any) -> bool:
    """Whether somebody is signed in by their organisation's single sign-on."""
    return any(record.get("method") == "socialaccount" for record in get_authentication_records(request, user))


def sign_ins_of(member_id: UUID) -> "QuerySet[SignIn]":
    """The attempts of one colleague, the latest first."""
    return SignIn.objects.filter(member_id=member_id).order_by("-at")


def sign_ins_of_everybody() -> "QuerySet[SignIn]":
    """All attempts at this organisation, the latest first, with the colleague joined."""
    return SignIn.objects.select_related("member").order_by("-at")


def remove_old_sign_ins() -> None:
    """Delete attempts from more than a year ago, of every organisation. May be repeated."""
    before = clock.now() - timedelta(days=SignIn.KEPT_DAYS)
    for tenant_id in Tenant.objects.values_list("id", flat=True):
        with entered(Scope(tenant_id, origin="clean-up")):
            SignIn.objects.filter(at__lt=before).delete()


def address_of(request: HttpRequest) -> str | None:
    """The IP address that a request comes from; None when it isn't known."""
    from allauth.core.internal.httpkit import get_client_ip

    return get_client_ip(request) or None


def browser_of(request: HttpRequest) -> str:
    """What the browser says it is, cut to what is kept."""
    text = request.headers.get("User-Agent", "")
    return "".join(letter for letter in text if letter.isprintable())[:_BROWSER_LENGTH]


def _step(record: dict[str, Any]) -> str:
    if record.get("method") == "socialaccount":
        return SSO
    return str(record.get("type") or record.get("method") or "")
