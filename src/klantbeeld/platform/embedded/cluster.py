"""One PostgreSQL server with its files: made when it isn't there yet, started, stopped, and started again."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from klantbeeld.platform.embedded.access import HOST, OWNER, Access, new_access, read_access, write_access
from klantbeeld.platform.embedded.account import Account, server_account
from klantbeeld.platform.embedded.binaries import SHARED_PLACE, Binaries, find_binaries
from klantbeeld.platform.embedded.errors import EmbeddedDatabaseError
from klantbeeld.platform.embedded.leftovers import clear_leftovers
from klantbeeld.platform.embedded.tether import tether
from klantbeeld.platform.embedded.tuning import Tuning

_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_START_ATTEMPTS = 5


class Cluster:
    """A PostgreSQL server of our own, described by the private folder `home`.

    The caller makes sure that one process at a time prepares, starts or stops it. As root the server runs as
    another account, and its files are moved below `shared_place` when that account can't reach `home`.
    """

    def __init__(self, home: Path, tuning: Tuning | None = None, shared_place: Path = SHARED_PLACE) -> None:
        self.home = home
        self.tuning = tuning or Tuning()
        self._shared_place = shared_place
        self._access: Access | None = None

    @cached_property
    def account(self) -> Account | None:
        """The account that the server runs as; None is the user who runs this process."""
        return server_account()

    @cached_property
    def binaries(self) -> Binaries:
        """PostgreSQL's programs, reachable by the account."""
        return find_binaries(self.account, self._shared_place)

    @property
    def access(self) -> Access:
        """Port, password and place of the server. Raises EmbeddedDatabaseError before `prepare` was ever called."""
        if self._access is None:
            self._access = read_access(self._access_file)
        if self._access is None:
            raise EmbeddedDatabaseError(f"There is no database in {self.home} yet: ./klantbeeld up makes one.")
        return self._access

    @property
    def exists(self) -> bool:
        """Whether `prepare` has finished here before."""
        access = read_access(self._access_file)
        return access is not None and (Path(access.place) / "PG_VERSION").is_file()

    @property
    def log_file(self) -> Path:
        """What the server has to say."""
        return self.home / "postgresql.log"

    @property
    def _access_file(self) -> Path:
        return self.home / "access.json"

    def choose_access(self) -> Access:
        """Port, password and place for the next start, before anything is made: quick, so that others can go on.

        Raises:
            EmbeddedDatabaseError: the folder can't be made, or what it holds is damaged.
        """
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise EmbeddedDatabaseError(f"The folder {self.home} can't be made: {error}.") from error
        known = read_access(self._access_file)
        self._access = known.on_free_port() if known else new_access(self._choose_place())
        if self._access != known:
            write_access(self._access_file, self._access)
        return self._access

    def prepare(self) -> None:
        """Make the server's files if they aren't there, and clear away what a crash left behind.

        Raises:
            EmbeddedDatabaseError: initdb failed, or the files are of another major version.
        """
        access = self._access or self.choose_access()
        place = Path(access.place)
        if (place / "PG_VERSION").is_file():
            self._check_version(place)
            clear_leftovers(place)
        else:
            self._initialise(place, access.password)

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server process without waiting for it; it shuts down by itself when this process dies."""
        place = Path(self.access.place)
        clear_leftovers(place, patience=0.0)
        command = [self.binaries.path("postgres"), "-D", str(place), "-p", str(self.access.port)]
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                [*command, *self.tuning.options()],
                cwd=place,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_plain_environment(),
                start_new_session=True,
                preexec_fn=tether(signal.SIGINT),
                **(self.account.popen_options() if self.account else {}),
            )

    def is_ready(self, pid: int) -> bool:
        """Whether the server process `pid` accepts connections."""
        try:
            lines = (Path(self.access.place) / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    @contextlib.contextmanager
    def running(self) -> Iterator[Access]:
        """The server, prepared and started for the length of a `with` block.

        Raises:
            EmbeddedDatabaseError: it can't be prepared, or doesn't start.
        """
        self.prepare()
        process = self._start()
        try:
            yield self.access
        finally:
            stop(process)

    def run_tool(self, program: str, *arguments: str, database: str = "postgres") -> str:
        """Run one of PostgreSQL's tools against the running server and return what it printed.

        Raises:
            EmbeddedDatabaseError: the tool failed; the message holds what it said.
        """
        environment = _plain_environment() | {
            "PGHOST": HOST,
            "PGPORT": str(self.access.port),
            "PGUSER": OWNER,
            "PGPASSWORD": self.access.password,
            "PGDATABASE": database,
        }
        return _run([self.binaries.path(program), *arguments], environment=environment)

    def create_database(self, name: str) -> None:
        """Make the database `name` in the running server, unless it is there."""
        known = self.run_tool("psql", "-XAtc", "SELECT datname FROM pg_database").splitlines()
        if name not in known:
            self.run_tool("createdb", name)

    def remove(self) -> None:
        """Delete the server's files and what describes them. The server must be stopped."""
        access = read_access(self._access_file)
        if access is not None:
            place = Path(access.place)
            shutil.rmtree(place, ignore_errors=True)
            if place.parent.parent == self._shared_place:
                shutil.rmtree(place.parent, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)
        self._access = None

    def _choose_place(self) -> Path:
        if self.account is None:
            return self.home / "cluster"
        self.home.chmod(0o711)
        if self._may_pass(self.account):
            return self.home / "cluster"
        try:
            self._shared_place.mkdir(mode=0o755, parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix="database-", dir=self._shared_place))
            folder.chmod(0o711)
            (folder / "belongs-to").write_text(f"{self.home}\n", encoding="utf-8")
        except OSError as error:
            raise EmbeddedDatabaseError(
                f"PostgreSQL runs as {self.account.name}, which can't enter {self.home}, and {self._shared_place} "
                f"can't be used instead: {error}. Choose another data folder with --data."
            ) from error
        return folder / "cluster"

    def _may_pass(self, account: Account) -> bool:
        probe = self.home / "probe"
        probe.mkdir(exist_ok=True)
        os.chown(probe, account.uid, account.gid)
        try:
            return account.can_reach(probe)
        finally:
            probe.rmdir()

    def _check_version(self, place: Path) -> None:
        found = (place / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != self.binaries.major:
            raise EmbeddedDatabaseError(
                f"The database in {place} was made by PostgreSQL {found}; this version of Klantbeeld brings "
                f"PostgreSQL {self.binaries.major}. Nothing was changed. Make a backup with the version of Klantbeeld "
                "that made it (./klantbeeld backup FILE), then restore that with this one into a new data folder."
            )

    def _initialise(self, place: Path, password: str) -> None:
        unfinished = place.with_name("cluster.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password_file = unfinished.with_name("password.new")
        password_file.unlink(missing_ok=True)
        password_file.touch(mode=0o600)
        try:
            password_file.write_text(password, encoding="ascii")
            if self.account is not None:
                os.chown(unfinished, self.account.uid, self.account.gid)
                os.chown(password_file, self.account.uid, self.account.gid)
            _run(self._initdb(unfinished, password_file), environment=_plain_environment(), account=self.account)
        finally:
            password_file.unlink()
        unfinished.rename(place)

    def _initdb(self, folder: Path, password_file: Path) -> list[str]:
        command = [self.binaries.path("initdb"), "-D", str(folder), "-U", OWNER, f"--pwfile={password_file}"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return command if self.tuning.durable else [*command, "--no-sync"]

    def _start(self) -> subprocess.Popen[bytes]:
        for _attempt in range(_START_ATTEMPTS):
            process = self.spawn()
            deadline = time.monotonic() + _START_SECONDS
            while process.poll() is None:
                if self.is_ready(process.pid):
                    return process
                if time.monotonic() > deadline:
                    stop(process)
                    raise EmbeddedDatabaseError(f"PostgreSQL takes over {_START_SECONDS:.0f} s to start. {self.said()}")
                time.sleep(0.02)
            # Straight after a kill the old server's shared memory may still be held for a moment.
            time.sleep(0.5)
        raise EmbeddedDatabaseError(f"PostgreSQL does not start. {self.said()}")

    def said(self) -> str:
        """The last lines of the server's log, as the end of an error message."""
        try:
            lines = self.log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
        except OSError:
            return f"Its log should be {self.log_file}."
        return f"The end of {self.log_file}:\n" + "\n".join(f"  {line}" for line in lines)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Shut a server process down: sessions are cut off, everything committed is written."""
    for signum, seconds in ((signal.SIGINT, _STOP_SECONDS), (signal.SIGQUIT, 10.0), (signal.SIGKILL, None)):
        if process.poll() is None:
            process.send_signal(signum)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return


def _plain_environment() -> dict[str, str]:
    """The caller's environment without PG*: those settings are meant for another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def _run(command: list[str], *, environment: Mapping[str, str], account: Account | None = None) -> str:
    options = account.popen_options() if account else {}
    done = subprocess.run(
        command, cwd="/", env=environment, capture_output=True, text=True, errors="replace", check=False, **options
    )
    if done.returncode != 0:
        raise EmbeddedDatabaseError(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout
