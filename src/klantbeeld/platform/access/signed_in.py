"""Session, account, member, roles and teams behind a cookie, in one question: every page begins with it."""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import DEFAULT_DB_ALIAS, connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.people.models import User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, settings_of

ORIGIN = "web"
_ACCOUNT = tuple(field.attname for field in User._meta.concrete_fields)
# It tells the server who it found, too, so that the page needs no further round trip for that.
_QUERY = f"""
SELECT s.session_data, {", ".join(f"u.{field.column}" for field in User._meta.concrete_fields)},
       set_config('klantbeeld.actor', m.id::text, false), set_config('klantbeeld.origin', '{ORIGIN}', false),
       {actors.COLUMNS}
  FROM people_session s
  JOIN people_user u ON u.id = s.user_id
  JOIN people_member m ON m.user_id = u.id AND m.tenant_id = %s
 WHERE s.session_key = %s AND s.expire_date > now() AND {actors.IS_ACTIVE}
"""  # noqa: S608 - constants only


def signed_in(request: HttpRequest, tenant: Tenant) -> Actor | None:
    """The member of `tenant` whose session this request carries; None without one.

    Only what is beyond doubt is decided here, and the account put on the request; anything else, such as a session from
    before the password was changed, is left to Django.
    """
    session: Any = request.session
    if session.session_key:
        within = settings_of(Scope(tenant.id, origin=ORIGIN))
        row = connection.first_row(within, _QUERY, [tenant.id, session.session_key])  # type: ignore[attr-defined]
        if row is not None:
            stored, account, member = row[0], row[1 : len(_ACCOUNT) + 1], row[len(_ACCOUNT) + 3 :]
            session.read_ahead(stored)
            user = User.from_db(DEFAULT_DB_ALIAS, _ACCOUNT, account)
            if _belongs_to(session, user):
                request.user = user
                found = actors.from_row(tenant, member)
                connection.told = settings_of(Scope(tenant.id, found.member_id, ORIGIN))  # type: ignore[attr-defined]
                return found
    return actors.of_user(tenant, request.user.pk) if request.user.is_authenticated else None


def _belongs_to(session: Any, user: User) -> bool:
    """What Django asks of a session before it believes it."""
    return (
        session.get(SESSION_KEY) == str(user.pk)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    )
