"""The folder that holds everything of one installation: database, uploaded files, logs, the secret key."""

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import IO, Any

from klantbeeld.platform.embedded.public import Cluster, Tuning
from klantbeeld.site.cli.messages import CommandError

_LARGEST_LOG = 10 * 1024 * 1024


class DataFolder:
    """One data folder. Whoever starts something in it claims it first, so that it is used once at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.files = self.path / "files"
        self.logs = self.path / "logs"
        self._claim: IO[str] | None = None

    def make(self) -> None:
        """Make the folder, private to this user, or check that it can be used.

        Raises:
            CommandError: it can't be made or written to.
        """
        try:
            # As root the database runs as another account, which must be able to pass; what lies inside is closed.
            self.path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
            for folder in (self.files, self.logs, self.path / "stamps"):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CommandError(f"The data folder {self.path} can't be used: {error}.") from error

    def claim(self, purpose: str) -> None:
        """Take the folder for this process, until it ends.

        Raises:
            CommandError: another process has it; the message says which, and where it can be reached.
        """
        self.make()
        claim = (self.path / "lock").open("a+")
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            claim.close()
            raise CommandError(self._taken()) from None
        claim.truncate(0)
        claim.write(f"{os.getpid()} {purpose}")
        claim.flush()
        self._claim = claim

    def release(self) -> None:
        """Give the folder back. The end of the process does the same."""
        if self._claim is not None:
            self._claim.close()
            self._claim = None

    @property
    def in_use(self) -> bool:
        """Whether some process, this one included, has claimed the folder."""
        if not (self.path / "lock").exists():
            return False
        with (self.path / "lock").open("a+") as probe:
            try:
                fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def cluster(self, tuning: Tuning | None = None) -> Cluster:
        """The PostgreSQL that comes along, with its files in this folder."""
        return Cluster(self.path / "database", tuning)

    def secret_key(self) -> str:
        """The key that signs sessions and links, made at the first call."""
        file = self.path / "secret-key"
        try:
            key = file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            key = ""
        if not key:
            key = secrets.token_urlsafe(48)
            write_private(file, key)
        return key

    def log(self, name: str) -> Path:
        """The log file of one process; an overlong one is put aside as `NAME.log.1`."""
        file = self.logs / f"{name}.log"
        if file.is_file() and file.stat().st_size > _LARGEST_LOG:
            file.replace(file.with_name(f"{file.name}.1"))
        return file

    def stamp(self, name: str) -> str:
        """What was last written under `name` with `set_stamp`, or an empty string."""
        file = self.path / "stamps" / name
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    def set_stamp(self, name: str, value: str) -> None:
        """Remember `value` under `name`; an empty value forgets it."""
        (self.path / "stamps").mkdir(exist_ok=True)
        (self.path / "stamps" / name).write_text(value, encoding="utf-8")

    def note_running(self, facts: dict[str, Any]) -> None:
        """Write down what runs here and where it answers, for other commands."""
        write_private(self.path / "running.json", json.dumps(facts))

    def running(self) -> dict[str, Any]:
        """What was last noted by `note_running`; empty if nothing was, or if it can't be read."""
        try:
            facts = json.loads((self.path / "running.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def forget_running(self) -> None:
        """Remove that note."""
        (self.path / "running.json").unlink(missing_ok=True)

    def _taken(self) -> str:
        pid, _, purpose = (self.path / "lock").read_text(encoding="utf-8").partition(" ")
        url = self.running().get("url")
        who = f"{purpose or 'starting'}, process {pid or 'unknown'}"
        where = f" Open {url}." if url else ""
        return (
            f"Klantbeeld runs already ({who}), with the data in {self.path}.{where} "
            f"Stop it first (Ctrl-C in its terminal, or kill {pid}), or choose another folder with --data."
        )


def write_private(file: Path, text: str) -> None:
    """Replace `file` in one step, readable by its owner only."""
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
    unfinished.replace(file)
