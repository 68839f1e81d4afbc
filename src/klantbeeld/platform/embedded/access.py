"""How to get into a cluster: its port, its password and where its files are, kept in one private file."""

import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import quote

from klantbeeld.platform.embedded.errors import EmbeddedDatabaseError

OWNER = "klantbeeld"
"""The role that owns the databases of the cluster; migrations run as it."""
HOST = "127.0.0.1"
_LOWEST_PORT, _HIGHEST_PORT = 20000, 32000


@dataclass(frozen=True)
class Access:
    """What is needed to start and to enter one cluster."""

    port: int
    password: str
    place: str
    """The folder that PostgreSQL keeps its files in (PGDATA)."""

    def url(self, database: str) -> str:
        """The address of one database, as PostgreSQL's own tools and DATABASE_URL write it."""
        return f"postgresql://{OWNER}:{quote(self.password, safe='')}@{HOST}:{self.port}/{quote(database, safe='')}"

    def on_free_port(self) -> "Access":
        """The same access, on another port if its own is taken by a stranger."""
        return self if is_free(self.port) else replace(self, port=free_port())


def new_access(place: Path) -> Access:
    """Access for a cluster that is still to be made in `place`, with a random password."""
    return Access(port=free_port(), password=secrets.token_urlsafe(24), place=str(place))


def read_access(file: Path) -> Access | None:
    """What `file` holds, or None if it isn't there.

    Raises:
        EmbeddedDatabaseError: the file is there but can't be understood.
    """
    try:
        return Access(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise EmbeddedDatabaseError(
            f"{file} is damaged ({error}). It holds the password of the database: put it back from a copy, "
            "or move the data folder away and restore a backup."
        ) from error


def write_access(file: Path, access: Access) -> None:
    """Replace `file` in one step, readable by its owner only."""
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(asdict(access), stream)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)


def free_port() -> int:
    """A TCP port of this machine that nobody listens on now.

    Taken from below the range that systems use for outgoing connections, so that it stays free across a restart.
    """
    while True:
        port = _LOWEST_PORT + secrets.randbelow(_HIGHEST_PORT - _LOWEST_PORT)
        if is_free(port):
            return port


def is_free(port: int) -> bool:
    """Whether nobody listens on `port` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
