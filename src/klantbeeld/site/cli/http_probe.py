"""Asking a web server for one page, without the weight of an HTTP library."""

import socket


def status_of(host: str, port: int, path: str = "/", timeout: float = 5.0) -> int | None:
    """The HTTP status that `path` answers with, or None if nothing answers within `timeout` seconds."""
    target = _reachable(host)
    name = f"[{target}]" if ":" in target else target
    request = f"GET {path} HTTP/1.1\r\nHost: {name}:{port}\r\nConnection: close\r\nAccept: text/html\r\n\r\n"
    try:
        with socket.create_connection((target, port), timeout) as connection:
            connection.sendall(request.encode("ascii"))
            line = connection.makefile("rb").readline(200).split()
    except OSError:
        return None
    return int(line[1]) if len(line) > 1 and line[0].startswith(b"HTTP/") and line[1].isdigit() else None


def _reachable(host: str) -> str:
    """An address to ask, for an address to listen on: "every address" is none that one can ask."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
