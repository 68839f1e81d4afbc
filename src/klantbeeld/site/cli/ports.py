"""Choosing the ports to answer on."""

import socket

from klantbeeld.site.cli.messages import CommandError

FIRST_PORT = 8000
_LAST_PORT = 8998


def choose_ports(host: str, wanted: int | None) -> tuple[int, int]:
    """The port of the pages and, one higher, that of the live streams, on the address `host`.

    Without `wanted` the first free pair from 8000 on is taken.

    Raises:
        CommandError: `wanted` or its neighbour is in use, or nothing is free.
    """
    if wanted is not None:
        for port in (wanted, wanted + 1):
            if not _free(host, port):
                raise CommandError(
                    f"Port {port} on {host} is taken by another program (to see which: ss -ltnp 'sport = :{port}'). "
                    "Klantbeeld needs the port you give and the next one. Give another with --port, "
                    "or leave --port out to have one chosen."
                )
        return wanted, wanted + 1
    for port in range(FIRST_PORT, _LAST_PORT, 2):
        if _free(host, port) and _free(host, port + 1):
            return port, port + 1
    raise CommandError(f"No free pair of ports was found between {FIRST_PORT} and {_LAST_PORT} on {host}.")


def _free(host: str, port: int) -> bool:
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
