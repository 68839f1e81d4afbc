"""Asking a provider something: over HTTPS, quickly, and never this network's own machines, unless that is allowed.

The address is looked at once it is connected, so that a name can't lead elsewhere between the look and the call.
"""

import ipaddress
import socket
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from klantbeeld.platform.kernel.errors import Invalid

_SECONDS = 5
_MOST_REDIRECTS = 3


class NotPublic(ValueError):
    """The address belongs to a network that isn't public. No OSError: those make urllib3 try again."""


def provider_session() -> requests.Session:
    """A session for calls to providers. It raises NotPublic for addresses that aren't public."""
    session = _Session()
    session.trust_env = False
    session.max_redirects = _MOST_REDIRECTS
    for scheme in ("http://", "https://"):
        session.mount(scheme, _PublicOnly())
    return session


def check_issuer(issuer: str) -> None:
    """Read what a provider says of itself. Raises Invalid, for the field `issuer`, saying what is missing."""
    from django.utils.translation import gettext as _

    if not issuer.startswith("https://") and not settings.SIGN_ON_PRIVATE:
        raise Invalid({"issuer": [_("The address must begin with https://.")]})
    try:
        with provider_session() as session:
            answer = session.get(issuer.rstrip("/") + "/.well-known/openid-configuration")
            answer.raise_for_status()
            told = answer.json()
    except NotPublic:
        raise Invalid({"issuer": [_("This address is in a private network. Nothing was sent to it.")]}) from None
    except (requests.RequestException, ValueError):
        raise Invalid({"issuer": [_("No OpenID Connect provider answers at this address.")]}) from None
    needed = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
    missing = [name for name in needed if not (isinstance(told, dict) and isinstance(told.get(name), str))]
    if missing:
        raise Invalid({"issuer": [_("The provider doesn’t tell its %(names)s.") % {"names": ", ".join(missing)}]})
    if told["issuer"].rstrip("/") != issuer.rstrip("/"):
        raise Invalid({"issuer": [_("The provider calls itself %(name)s. Use that.") % {"name": told["issuer"]}]})


class _Session(requests.Session):
    def request(self, *given: Any, **options: Any) -> requests.Response:
        options.setdefault("timeout", _SECONDS)
        return super().request(*given, **options)


def _checked(sock: socket.socket) -> socket.socket:
    address = ipaddress.ip_address(sock.getpeername()[0].split("%")[0])
    if not address.is_global and not settings.SIGN_ON_PRIVATE:
        sock.close()
        raise NotPublic("not a public address")
    return sock


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _Secure(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _PublicOnly(HTTPAdapter):
    def init_poolmanager(self, *given: Any, **options: Any) -> None:
        super().init_poolmanager(*given, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
