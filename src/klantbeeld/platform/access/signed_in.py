"""Session, account, member, roles and teams behind a cookie, in one question: every page begins with it."""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.people.history import came_by_sso
from klantbeeld.platform.people.models import User
from klantbeeld.platform.people.sessions import note_seen, opens
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, settings_of

ORIGIN = "web"
_ACCOUNT = tuple(field.attname for field in User._meta.concrete_fields)
# Of a role that asks for it, and an account that hasn't set one up.
_NEEDS_SECOND_STEP = """
       EXISTS (SELECT 1 FROM access_memberrole mr JOIN access_role r ON r.id = mr.role_id AND r.tenant_id = mr.tenant_id
                WHERE mr.member_id = m.id AND mr.tenant_id = m.tenant_id AND r.second_step)
       AND NOT EXISTS (SELECT 1 FROM mfa_authenticator a WHERE a.user_id = u.id AND a.type IN ('totp', 'webauthn'))
"""
_BEFORE_ACCOUNT = 3
_TOLD = 2
# It tells the server who it found, too, so that the page needs no further round trip for that.
_QUERY = f"""
SELECT s.session_data, s.last_seen_at, {_NEEDS_SECOND_STEP},
       {", ".join(f"u.{field.column}" for field in User._meta.concrete_fields)},
       set_config('klantbeeld.actor', m.id::text, false), set_config('klantbeeld.origin', '{ORIGIN}', false),
       {actors.COLUMNS}
  FROM people_session s
  JOIN people_user u ON u.id = s.user_id
  JOIN people_member m ON m.user_id = u.id AND m.tenant_id = %s
 WHERE s.session_key = %s AND s.expire_date > now() AND (s.organisation_id IS NULL OR s.organisation_id = m.tenant_id)
   AND {actors.IS_ACTIVE}
"""  # noqa: S608 - constants only


def signed_in(request: HttpRequest, tenant: Tenant) -> Actor | None:
    """The member of `tenant` whose session this request carries; None without one.

    Only what is beyond doubt is decided here, and the account put on the request; anything else, such as a session from
    before the password was changed, is left to Django. Somebody whose role needs a second step, and who hasn't set
    one up, is nobody yet: `request.second_step_missing` says so.
    """
    session: Any = request.session
    if session.session_key:
        within = settings_of(Scope(tenant.id, origin=ORIGIN))
        row = connection.first_row(within, _QUERY, [tenant.id, session.session_key])  # type: ignore[attr-defined]
        if row is not None:
            stored, last_seen_at, needs_second_step = row[:_BEFORE_ACCOUNT]
            account, member = row[_BEFORE_ACCOUNT:][: len(_ACCOUNT)], row[_BEFORE_ACCOUNT + len(_ACCOUNT) + _TOLD :]
            session.read_ahead(stored)
            user = User.from_db(DEFAULT_DB_ALIAS, _ACCOUNT, account)
            if _belongs_to(session, user):
                request.user = user
                found = actors.from_row(tenant, member)
                connection.told = settings_of(Scope(tenant.id, found.member_id, ORIGIN))  # type: ignore[attr-defined]
                note_seen(request, tenant.id, last_seen_at)
                # Single sign-on leaves second steps to whoever runs it.
                if needs_second_step and not came_by_sso(request, user):
                    request.second_step_missing = True  # type: ignore[attr-defined]
                    return None
                return found
    if request.user.is_authenticated and not opens(session, tenant.id):
        # Of another organisation, which may have let them in by a sign-on of its own.
        request.user = AnonymousUser()
    return None


def _belongs_to(session: Any, user: User) -> bool:
    """What Django asks of a session before it believes it."""
    return (
        session.get(SESSION_KEY) == str(user.pk)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    )
