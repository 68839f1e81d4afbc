"""Who is asking: a program by its token, or our own pages by the session that they are in anyway."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import within
from klantbeeld.platform.api import token_text
from klantbeeld.platform.api.caller import Caller
from klantbeeld.platform.api.errors import NotFromThisSite, NotSignedIn
from klantbeeld.platform.api.models import Token
from klantbeeld.platform.api.scopes import actions
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered, settings_of

USE_NOTED_EVERY = timedelta(minutes=1)

# Token, member, roles and teams in one query, which tells the server who it found, too: one round trip, paid on every
# request.
_BY_DIGEST = f"""
SELECT t.id, t.name, t.scopes, t.expires_at, t.last_used_at, t.requests_per_minute, t.needs_if_match,
       set_config('klantbeeld.actor', m.id::text, false), set_config('klantbeeld.origin', 'api:' || t.name, false),
       {actors.COLUMNS}
  FROM api_token t
  JOIN people_member m ON m.id = t.member_id AND m.tenant_id = t.tenant_id
  JOIN people_user u ON u.id = m.user_id
 WHERE t.tenant_id = %s AND t.digest = %s AND t.revoked_at IS NULL AND {actors.IS_ACTIVE}
"""  # noqa: S608 - constants only
_TOKEN_COLUMNS = 9


class CsrfCheck(CsrfViewMiddleware):
    """Django's check of forms, which endpoints are exempt from for the sake of tokens; says why instead of drawing a
    page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def by_token(request: HttpRequest) -> Caller | None:
    """The caller for `Authorization: Bearer kb_...`; None without that header.

    Raises NotSignedIn when the header is there and isn't valid: no other way is tried then.
    """
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if not given:
        return None
    scheme, _space, text = given.partition(" ")
    caller = _caller(request, text.strip()) if scheme.lower() == "bearer" else None
    if caller is None:
        raise NotSignedIn
    return caller


def by_session(request: HttpRequest) -> Caller | None:
    """The caller for the session of someone signed in on our own pages; None without one.

    Raises NotFromThisSite for a write without proof that one of our pages asked for it.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return None
    if CsrfCheck(_nothing).process_view(request, _nothing, (), {}) is not None:
        raise NotFromThisSite
    return Caller(actor, "api")


def _caller(request: HttpRequest, text: str) -> Caller | None:
    tenant = _tenant(request, token_text.tenant_of(text))
    if tenant is None:
        return None
    row = connection.first_row(  # type: ignore[attr-defined]
        settings_of(Scope(tenant.id, origin="api")), _BY_DIGEST, [tenant.id, token_text.digest(text)]
    )
    if row is None:
        return None
    token_id, name, scopes, expires_at, last_used_at, per_minute, needs_if_match = row[:7]
    actor = actors.from_row(tenant, row[_TOKEN_COLUMNS:])
    caller = Caller(
        _narrowed(actor, scopes), f"api:{name}", name, tuple(scopes), expires_at, token_id, per_minute, needs_if_match
    )
    connection.told = settings_of(caller.scope)  # type: ignore[attr-defined]
    now = clock.now()
    if expires_at is not None and expires_at <= now:
        return None
    if last_used_at is None or now - last_used_at > USE_NOTED_EVERY:
        with entered(caller.scope):
            Token.objects.filter(pk=token_id).update(last_used_at=now)
    return caller


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _tenant(request: HttpRequest, claimed: UUID | None) -> Tenant | None:
    """The organisation of a token. Where the host names one, it must be the same."""
    here: Tenant | None = getattr(request, "tenant", None)
    if claimed is None or (here is not None and here.id != claimed):
        return None
    return here or Tenant.objects.filter(pk=claimed).first()


def _narrowed(actor: Actor, scopes: list[str]) -> Actor:
    only = actions(scopes)
    if only is None:
        return actor
    return replace(actor, grants=within(actor.grants, only))
