"""The operating-system account that PostgreSQL runs as. PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klantbeeld.platform.embedded.errors import EmbeddedDatabaseError

# initdb needs an account that exists in the password database: a bare number is refused.
_CANDIDATES = ("klantbeeld", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An existing account; files handed to it are owned by `uid` and `gid`."""

    name: str
    uid: int
    gid: int

    def popen_options(self) -> dict[str, Any]:
        """Keyword arguments that make `subprocess` run a command as this account, and as nothing more."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_reach(self, path: Path) -> bool:
        """Whether this account may read (and, for a folder, enter) `path`, asked of the system itself."""
        script = 'test -r "$1" && test -x "$1"'
        command = ["/bin/sh", "-c", script, "sh", str(path)]
        return subprocess.run(command, cwd="/", check=False, **self.popen_options()).returncode == 0


def server_account() -> Account | None:
    """The account to run the server as: None means the user who runs this process.

    Raises:
        EmbeddedDatabaseError: we are root and none of the accounts we know exists.
    """
    if os.geteuid() != 0:
        return None
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedDatabaseError(
        "PostgreSQL does not run as root, and there is no other account to run it as. "
        "Make one (useradd --system klantbeeld), or start Klantbeeld as a normal user."
    )
