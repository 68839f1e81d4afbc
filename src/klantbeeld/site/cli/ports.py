"""Choosing the ports to answer on, and keeping other launchers of this machine away from them."""

import socket
import sys
from dataclasses import dataclass, field

from klantbeeld.site.cli.messages import CommandError

_FIRST_PORT, _LAST_PORT = 8000, 8998


@dataclass
class Ports:
    """A reserved pair: the port of the pages and, one higher, that of the live streams."""

    pages: int
    live: int
    _marks: list[socket.socket] = field(default_factory=list, repr=False)

    def give_back(self) -> None:
        """Let others have them. The end of the process does the same."""
        for mark in self._marks:
            mark.close()


def reserve_ports(host: str, wanted: int | None) -> Ports:
    """Reserve a pair of ports on the address `host`; without `wanted` the first free one from 8000 on.

    Raises:
        CommandError: `wanted` or its neighbour is in use, or nothing is free.
    """
    if wanted is not None:
        taken = next((port for port in (wanted, wanted + 1) if not _is_free(host, port)), None)
        if taken is None and (reserved := _reserve(wanted)):
            return reserved
        port = taken or wanted
        raise CommandError(
            f"Port {port} on {host} is taken by another program (to see which: ss -ltnp 'sport = :{port}'). "
            "Klantbeeld needs the port you give and the next one. Give another with --port, "
            "or leave --port out to have one chosen."
        )
    for port in range(_FIRST_PORT, _LAST_PORT, 2):
        if _is_free(host, port) and _is_free(host, port + 1) and (reserved := _reserve(port)):
            return reserved
    raise CommandError(f"No free pair of ports was found between {_FIRST_PORT} and {_LAST_PORT} on {host}.")


def _reserve(port: int) -> Ports | None:
    """Mark the pair as ours, or answer None if another launcher has done so.

    The web server shares its port among its processes, so the system would not object to a second one.
    """
    ports = Ports(port, port + 1)
    if sys.platform == "linux":
        for number in (ports.pages, ports.live):
            mark = socket.socket(socket.AF_UNIX)
            ports._marks.append(mark)
            try:
                mark.bind(f"\0klantbeeld-port-{number}")  # a name in memory: it goes with the process
            except OSError:
                ports.give_back()
                return None
    return ports


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # Without SO_REUSEPORT: a web server that shares its port would otherwise let us in unnoticed.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OverflowError:
            raise CommandError(f"{port} is not a port: a port is between 1 and 65534.") from None
        except PermissionError:
            raise CommandError(f"This user may not open port {port}: take one above 1023.") from None
        except socket.gaierror as error:
            raise CommandError(f"{host} is not an address of this machine: {error.strerror}.") from None
        except OSError:
            return False
    return True
