"""A browser's part of the measuring, as a process of its own that costs next to nothing: plain sockets, kept open.

It reads one job per line of JSON from standard input, and writes one answer per line. Imports nothing of ours.
"""

import base64
import json
import socket
import sys
import time
from typing import Any

COUNTER = b"@@@@@@@@@@"


class Connection:
    """One kept-open HTTP/1.1 connection."""

    def __init__(self, host: str, port: int) -> None:
        self.address = (host, port)
        self.socket: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, int]:
        """Send a request and read the whole answer; returns the status and the size of the body in bytes."""
        if self.socket is None:
            self.socket = socket.create_connection(self.address, timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end].lower()
        size = len(data) - end - 4
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            length = int(head[at + 17 :].split(b"\r\n", 1)[0])
            while size < length:
                size += len(self._more())
        elif b"\r\ntransfer-encoding: chunked" in head:
            while not data.endswith(b"0\r\n\r\n"):
                data += self._more()
            size = len(data) - end
        return int(head.split(b" ", 2)[1]), size

    def _more(self) -> bytes:
        chunk = self.socket.recv(262_144) if self.socket else b""
        if not chunk:
            self.socket = None
            raise ConnectionError("the server closed the connection")
        return chunk


def work(connection: Connection, job: dict[str, Any]) -> dict[str, Any]:
    """Ask in turn for `requests` (base64) from the moment `start` for `seconds`, or `most` times.

    Answers with the time of each request in seconds, and the first status that wasn't as expected.
    """
    requests = [base64.b64decode(each) for each in job["requests"]]
    times: list[float] = []
    sizes, wrong = 0, None
    number, place = job["first"], job["offset"]
    time.sleep(max(0.0, job["start"] - time.monotonic()))
    end = time.monotonic() + job["seconds"]
    while len(times) < job["most"] and (now := time.monotonic()) < end:
        request = requests[place % len(requests)].replace(COUNTER, b"%010d" % number)
        status, size = connection.ask(request)
        times.append(time.monotonic() - now)
        sizes += size
        if status != job["status"] and wrong is None:
            wrong = [status, request.decode("latin-1")]
        number += 1
        place += 1
    return {"times": times, "bytes": sizes, "wrong": wrong, "first": number}


def main() -> None:
    """Do jobs until standard input ends."""
    connection = Connection(sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(work(connection, json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
