"""Where a message may go: to the public internet, and never to what only this machine or its network can reach.

A name is looked up once. Every address that it stands for must be allowed, and the connection is made to one of those
addresses, not to the name: whoever answers differently a moment later (DNS rebinding) isn't asked.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from klantbeeld.platform.kernel.errors import Refused

LONGEST = 500
_PORTS = {"https": 443, "http": 80}
# What Python calls global and still leads inside: translation prefixes, relays, and the local use of NAT64.
_LEADS_INSIDE = [ip_network(each) for each in ("64:ff9b:1::/48", "192.88.99.0/24", "2001::/23", "fec0::/10")]
_NAT64 = ip_network("64:ff9b::/96")


class NotAnAddress(Refused):
    """The address can't be used; the message says why."""

    code = "bad_address"


@dataclass(frozen=True)
class Target:
    """An address taken apart. `host` is in ASCII."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What goes into the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """The parts of an address. Raises NotAnAddress for what can't be called, or may not be by its looks."""
    if len(url) > LONGEST or not url.isprintable() or " " in url or "\\" in url:
        raise NotAnAddress(_("This is no address of the web."))
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode()
        path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        path.encode("ascii")
    except ValueError:
        raise NotAnAddress(_("This is no address of the web.")) from None
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_HTTP):
        raise NotAnAddress(_("Use an address that begins with https://."))
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        raise NotAnAddress(_("This is no address of the web."))
    literal = _literal(host)
    if literal is not None:
        _refuse_private(literal)
    return Target(parts.scheme == "https", host, port, path if path.startswith("/") else f"/{path}")


def resolve(target: Target) -> tuple[socket.AddressFamily, Any]:
    """The family and socket address to connect to. Raises NotAnAddress when the name isn't known, or when any of its
    addresses is one that may not be reached."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotAnAddress(_("Nobody goes by this name.")) from None
    for _family, _type, _protocol, _name, address in found:
        _refuse_private(ip_address(str(address[0]).partition("%")[0]))
    family, _type, _protocol, _name, address = found[0]
    return family, address


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _refuse_private(address: IPv4Address | IPv6Address) -> None:
    if any(address in ip_network(each) for each in settings.WEBHOOKS_NETWORKS):
        return
    if not _is_public(address):
        raise NotAnAddress(_("This address lies within a private network, where messages may not go."))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
        if address.is_site_local or address.teredo is not None:
            return False
    closed = address.is_multicast or address.is_reserved or address.is_unspecified or not address.is_global
    return not closed and not any(address in network for network in _LEADS_INSIDE)
