"""Sessions that know whose they are and where they began: found with their account in one question, seen and ended."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.people.history import address_of, browser_of
from klantbeeld.platform.people.models import Session

SEEN_EVERY = timedelta(minutes=10)
_FROM = "klantbeeld_from"


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with the account and where it signed in beside the data."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The model in which they are kept."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row for what a session holds."""
        made: Any = super().create_model_instance(data)
        made.user_id = data.get(SESSION_KEY)
        where = data.get(_FROM, {})
        made.organisation_id = where.get("organisation")
        made.address, made.browser = where.get("address"), where.get("browser", "")
        made.last_seen_at = clock.now()
        return made

    def read_ahead(self, stored: str) -> None:
        """Take over what was stored in the row of this session, found in a query of one's own."""
        self._session_cache = self.decode(stored)


def note_where_from(request: HttpRequest) -> None:
    """Keep in a session that begins at which organisation, from which address and in which browser it does."""
    tenant = getattr(request, "tenant", None)
    request.session[_FROM] = {
        "organisation": str(tenant.id) if tenant else None,
        "address": address_of(request),
        "browser": browser_of(request),
    }


def opens(session: Any, tenant_id: UUID) -> bool:
    """Whether somebody signed in at this organisation, or before it was kept where."""
    return session.get(_FROM, {}).get("organisation") in (None, str(tenant_id))


def note_seen(request: HttpRequest, tenant_id: UUID, last_seen_at: datetime | None) -> None:
    """Keep that a session is in use, once in `SEEN_EVERY`."""
    now = clock.now()
    if last_seen_at is not None and now - last_seen_at < SEEN_EVERY:
        return
    Session.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=now, organisation_id=Coalesce(F("organisation_id"), tenant_id)
    )


def sessions_of(user_id: UUID, tenant_id: UUID) -> "QuerySet[Session]":
    """The sessions in which an account is signed in at an organisation, the last seen first."""
    return Session.objects.filter(user_id=user_id, organisation_id=tenant_id, expire_date__gt=clock.now()).order_by(
        F("last_seen_at").desc(nulls_last=True)
    )


def name_of(session: Session) -> str:
    """What a page calls a session: never its key, which would open it."""
    return salted_hmac("klantbeeld.session", session.session_key).hexdigest()[:32]


def end_session(user_id: UUID, tenant_id: UUID, name: str) -> bool:
    """End the session with this name; whether there was one."""
    for session in sessions_of(user_id, tenant_id):
        if constant_time_compare(name_of(session), name):
            return session.delete()[0] > 0
    return False


def end_sessions(user_id: UUID, tenant_id: UUID, but: str | None = None) -> int:
    """End all sessions of an account at an organisation, but the one with this key; how many ended."""
    ended: int = sessions_of(user_id, tenant_id).exclude(session_key=but or "").delete()[0]
    return ended
