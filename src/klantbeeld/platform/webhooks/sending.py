"""Sending one message: to an address that was looked at, within a time, following nobody elsewhere."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.webhooks.addresses import NotAnAddress, Target, resolve, target_of

SECONDS = 10.0
KEPT_BYTES = 4096
_KEPT_HEADERS = 20
_KEPT_VALUE = 200


@dataclass(frozen=True)
class Outcome:
    """What came of a try: a status with the beginning of the answer, or an error in words."""

    milliseconds: int
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    error: str = ""

    @property
    def delivered(self) -> bool:
        """Whether the receiver has taken it."""
        return self.status is not None and 200 <= self.status < 300


class Pinned(http.client.HTTPConnection):
    """A connection to the socket address that was looked at; the name is used for Host and the certificate only."""

    def __init__(self, target: Target, family: socket.AddressFamily, address: Any) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.target, self.family, self.address = target, family, address

    def connect(self) -> None:
        """Connect, with TLS where the address says so."""
        self.sock = socket.socket(self.family, socket.SOCK_STREAM)
        self.sock.settimeout(SECONDS)
        self.sock.connect(self.address)
        if self.target.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.target.host)

    def give_up(self) -> None:
        """End it from another thread, whatever it waits for."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def post(url: str, headers: Mapping[str, str], body: str) -> Outcome:
    """Send a body of JSON to an address. Never raises: what goes wrong is in the outcome."""
    begun = monotonic()
    try:
        target = target_of(url)
        connection = Pinned(target, *resolve(target))
        return _asked(connection, headers, body, begun)
    except NotAnAddress as problem:
        return Outcome(_since(begun), error=str(problem))
    except ssl.SSLError:
        return Outcome(_since(begun), error=_("The certificate of the other side can't be trusted."))
    except TimeoutError:
        return Outcome(_since(begun), error=_("No answer in time."))
    except (OSError, http.client.HTTPException, ValueError):
        late = monotonic() - begun >= SECONDS
        return Outcome(_since(begun), error=_("No answer in time.") if late else _("The connection failed."))


def _asked(connection: Pinned, headers: Mapping[str, str], body: str, begun: float) -> Outcome:
    # A time per step would let somebody who answers a byte at a time hold us for ever.
    watch = Timer(SECONDS, connection.give_up)
    watch.daemon = True
    watch.start()
    try:
        sent = {"Host": connection.target.authority, "Connection": "close", **headers}
        connection.request("POST", connection.target.path, body.encode(), sent)
        answer = connection.getresponse()
        text = answer.read(KEPT_BYTES).decode("utf-8", "replace").replace("\x00", "")
        kept = {name[:_KEPT_VALUE]: value[:_KEPT_VALUE] for name, value in answer.getheaders()[:_KEPT_HEADERS]}
        return Outcome(_since(begun), answer.status, kept, text)
    finally:
        watch.cancel()
        connection.close()


def _since(begun: float) -> int:
    return int((monotonic() - begun) * 1000)
