"""Questions about the machine and the data folder."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from klantbeeld.platform.embedded.public import SHARED_PLACE, EmbeddedDatabaseError, find_binaries, server_account
from klantbeeld.site.cli.assets import LOWEST_NODE, assets_are_current, node_version
from klantbeeld.site.cli.checkout import version
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.diagnosis import Finding, Level
from klantbeeld.site.cli.http_probe import status_of
from klantbeeld.site.cli.messages import CommandError
from klantbeeld.site.cli.ports import reserve_ports

_GIB = 1024**3
_LITTLE_GIB, _TOO_LITTLE_GIB = 5, 1


def check_machine(data: DataFolder) -> Iterator[Finding]:
    """All findings about the machine and about `data`, which is left as it is."""
    yield Finding(Level.OK, "version", f"Klantbeeld {version()}, Python {sys.version.split()[0]}")
    yield _check_binaries()
    yield _check_assets()
    yield _check_disk(data)
    yield from _check_folder(data)
    yield _check_pages(data)


def _check_binaries() -> Finding:
    try:
        account = server_account()
        programs = find_binaries(account)
    except EmbeddedDatabaseError as error:
        return Finding(Level.BAD, "postgresql", "the programs can't be used", str(error))
    who = f", run as {account.name}" if account else ""
    return Finding(Level.OK, "postgresql", f"{programs.version} comes along{who}")


def _check_assets() -> Finding:
    node = node_version()
    which = f"the system's Node.js {node}" if node >= LOWEST_NODE else "a Node.js of our own"
    if assets_are_current():
        return Finding(Level.OK, "assets", f"built; with {which}")
    found = f"not built yet, or older than their sources; with {which}"
    return Finding(Level.WARN, "assets", found, "The next start builds them.")


def _check_disk(data: DataFolder) -> Finding:
    folder = next(path for path in (data.path, *data.path.parents) if path.exists())
    free = shutil.disk_usage(folder).free / _GIB
    found = f"{free:.1f} GiB free in {folder}"
    if free < _TOO_LITTLE_GIB:
        return Finding(Level.BAD, "disk", found, "Make room: the database stops when the disk is full.")
    if free < _LITTLE_GIB:
        return Finding(Level.WARN, "disk", found, "An import or a backup may need more.")
    return Finding(Level.OK, "disk", found)


def _check_folder(data: DataFolder) -> Iterator[Finding]:
    if not data.path.is_dir():
        found = f"{data.path} is not there yet"
        yield Finding(Level.WARN, "data", found, "./klantbeeld demo or ./klantbeeld up makes it.")
        return
    if not os.access(data.path, os.W_OK | os.X_OK):
        found = f"this user can't write to {data.path}"
        yield Finding(Level.BAD, "data", found, f"Give it rights: chown -R USER '{data.path}'")
        return
    wide = [path for path in _private_parts(data) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if wide:
        commands = " ".join(f"'{path}'" for path in wide)
        yield Finding(Level.BAD, "data", f"{len(wide)} private parts are open to others", f"chmod go= {commands}")
    else:
        yield Finding(Level.OK, "data", f"{data.path}, closed to others")
    yield from _check_forgotten()


def _private_parts(data: DataFolder) -> list[Path]:
    parts = (data.path / "secret-key", data.path / "database" / "access.json", data.files, data.logs)
    return [path for path in parts if path.exists()]


def _check_forgotten() -> Iterator[Finding]:
    """As root, databases may live apart from their data folder; one whose folder was deleted is easily forgotten."""
    if os.geteuid() != 0:
        return
    for note in sorted(SHARED_PLACE.glob("database-*/belongs-to")):
        owner = note.read_text(encoding="utf-8").strip()
        if not Path(owner).exists():
            found = f"{note.parent} belongs to {owner}, which is gone"
            yield Finding(Level.WARN, "leftover", found, f"If nobody needs it: rm -r '{note.parent}'")


def _check_pages(data: DataFolder) -> Finding:
    url = data.running().get("url") if data.in_use else None
    if url:
        host, _, port = url.rstrip("/").partition("//")[2].rpartition(":")
        mend = f"Read {data.logs / 'web.log'}, then start again."
        status = status_of(host.strip("[]"), int(port))
        if status is None:
            return Finding(Level.BAD, "pages", f"{url} does not answer", mend)
        if status >= 500:
            return Finding(Level.BAD, "pages", f"{url} answers with error {status}", mend)
        return Finding(Level.OK, "pages", f"{url} answers")
    try:
        ports = reserve_ports("127.0.0.1", None)
    except CommandError as error:
        return Finding(Level.WARN, "pages", "not running", str(error))
    ports.give_back()
    return Finding(Level.OK, "pages", f"not running; ports {ports.pages} and {ports.live} are free")
