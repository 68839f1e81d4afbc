"""pg_dump and pg_restore against any server, with programs that are new enough for it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from psycopg import conninfo
from psycopg.pq import Conninfo

from klantbeeld.platform.embedded.public import find_binaries
from klantbeeld.site.cli.messages import CommandError

# Said by pg_restore 17 and later to every server before 17; the setting does not exist there and isn't needed.
_HARMLESS = re.compile(r'unrecognized configuration parameter "transaction_timeout"')


def dump(url: str, target: Path, snapshot: str, server_version: int) -> None:
    """Write the database at `url`, as it was in the exported `snapshot`, to `target` (PostgreSQL's custom format).

    `server_version` is the server's, as PostgreSQL numbers it (180006).

    Raises:
        CommandError: pg_dump is too old for the server, or failed.
    """
    program = _tool("pg_dump", url, server_version)
    done = _run([program, "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}"], url)
    if done.returncode == 0:
        return
    advice = ""
    if "row-level security" in done.stderr:
        advice = " The role in DATABASE_URL must be allowed to see all rows: ALTER ROLE its_name BYPASSRLS."
    raise CommandError(f"pg_dump failed: {done.stderr.strip()}{advice}")


def restore(source: Path, url: str, server_version: int) -> None:
    """Fill the empty database at `url` from what `dump` wrote.

    Raises:
        CommandError: pg_restore failed.
    """
    program = _tool("pg_restore", url, server_version)
    database = str(conninfo.conninfo_to_dict(url)["dbname"])
    done = _run([program, "--no-owner", f"--dbname={database}", str(source)], url)
    errors = [line for line in done.stderr.splitlines() if "error:" in line and not _HARMLESS.search(line)]
    if errors or (done.returncode != 0 and not _HARMLESS.search(done.stderr)):
        raise CommandError("pg_restore failed: " + ("\n".join(errors[:5]) or done.stderr.strip()))


def _tool(name: str, url: str, server_version: int) -> str:
    """The path of a program that is at least as new as the server: the one that comes along, or the system's."""
    binaries = find_binaries()
    choices = {binaries.path(name): int(binaries.major), **_of_the_system(name)}
    wanted = server_version // 10000
    # The programs that come along can't speak TLS.
    fitting = [path for path, major in choices.items() if major >= wanted]
    if fitting:
        return fitting[-1] if "sslmode" in conninfo.conninfo_to_dict(url) else fitting[0]
    raise CommandError(
        f"The server runs PostgreSQL {wanted}, and {name} must be at least as new; {binaries.version} comes along. "
        "Install the server's own client programs (Debian: postgresql-client) and try again."
    )


def _of_the_system(name: str) -> dict[str, int]:
    found = shutil.which(name)
    if found is None:
        return {}
    printed = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"\d+", printed)
    return {found: int(match[0])} if match else {}


def _run(command: list[str], url: str) -> subprocess.CompletedProcess[str]:
    """Run a program against the server at `url`, which it learns from its environment: others can read arguments."""
    variables = {option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar}
    given = conninfo.conninfo_to_dict(url)
    settings = {variables[name]: str(value) for name, value in given.items() if name in variables}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {"LC_ALL": "C", **settings}
    return subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
