"""How the requests of one member look: signed in by token or by session."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.public import MOST_REQUESTS_PER_MINUTE, create_token
from klantbeeld.platform.people.models import User
from klantbeeld.platform.people.sessions import SessionStore

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@dataclass(frozen=True)
class Visitor:
    """A member with a token and a session, and the address that they visit."""

    actor: Actor
    host: str
    token: str
    session: str

    def json(self, path: str, **query: Any) -> bytes:
        """A request to the API; what isn't text in the query is written as JSON."""
        return self._request("GET", f"/api/v1{path}", query, f"Authorization: Bearer {self.token}")

    def send(self, method: str, path: str, body: dict[str, Any]) -> bytes:
        """A request to the API with a body."""
        return self._request(method, f"/api/v1{path}", {}, f"Authorization: Bearer {self.token}", json.dumps(body))

    def page(self, path: str, **query: Any) -> bytes:
        """A request for a page."""
        return self._request("GET", path, query, f"Cookie: {settings.SESSION_COOKIE_NAME}={self.session}")

    def _request(self, method: str, path: str, query: dict[str, Any], sign_in: str, body: str = "") -> bytes:
        given = {name: value if isinstance(value, str) else json.dumps(value) for name, value in query.items()}
        address = quote(path) + (f"?{urlencode(given)}" if given else "")
        lines = [f"{method} {address} HTTP/1.1", f"Host: {self.host}", sign_in, "Accept-Encoding: identity"]
        if body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body.encode())}"]
        return "\r\n".join([*lines, "", body]).encode()


def visitor(actor: Actor, host: str) -> Visitor:
    """A visitor for a member of the current tenant, with a token and a session made for them."""
    _token, text = create_token(actor, "Bench", ["*"], requests_per_minute=MOST_REQUESTS_PER_MINUTE)
    request = HttpRequest()
    request.session = SessionStore()
    login(request, User.objects.get(memberships=actor.member_id), backend=_BACKEND)
    request.session.save()
    return Visitor(actor, host, text, request.session.session_key or "")
