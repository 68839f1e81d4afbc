"""check everything: style, types, imports, migrations, translations, and all tests

With arguments only pytest is run, with these arguments. Unless DATABASE_URL names a server, one is started for it.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from klantbeeld.platform.embedded.public import Cluster, Tuning
from klantbeeld.site.cli.assets import build_assets
from klantbeeld.site.cli.browser import find_browser, require_browser
from klantbeeld.site.cli.checkout import CHECKOUT
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.django_environment import django_environment
from klantbeeld.site.cli.launch import DATABASE
from klantbeeld.site.cli.messages import progress

PASSES_ON = True
_DJANGO = [sys.executable, "-m", "django"]
_STEPS = {
    "style": [sys.executable, "-m", "ruff", "check", "."],
    "types": [sys.executable, "-m", "mypy"],
    "imports": [str(Path(sys.prefix) / "bin" / "lint-imports")],
    "migrations": [*_DJANGO, "makemigrations", "--check", "--dry-run"],
    "translations": [*_DJANGO, "missing_translations"],
}
_MOST_PROCESSES = 4


def add_options(parser: argparse.ArgumentParser) -> None:
    """`test` has no options of its own."""
    parser.epilog = "Options are pytest's."


def run(options: argparse.Namespace) -> int:
    """Run the steps, all of them whatever fails; returns 1 if any did."""
    build_assets()
    browser = find_browser() if options.passed_on else require_browser()
    with _environment() as environment:
        environment |= {"KLANTBEELD_CHROMIUM": browser} if browser else {}
        failed = [] if options.passed_on else [name for name in _STEPS if not _succeeds(name, environment)]
        _call([*_DJANGO, "collectstatic", "--noinput", "--verbosity", "0"], environment)
        processes = str(min(os.cpu_count() or 1, _MOST_PROCESSES))
        tests = options.passed_on or ["-n", processes]
        code = _call([sys.executable, "-m", "pytest", *tests], environment)
    if failed:
        progress(f"Failed before the tests: {', '.join(failed)}")
    return code or int(bool(failed))


@contextlib.contextmanager
def _environment() -> Iterator[dict[str, str]]:
    """The environment of one test run: a data folder and a database that vanish afterwards."""
    with tempfile.TemporaryDirectory(prefix="klantbeeld-test-") as folder:
        data = DataFolder(Path(folder) / "data")
        if os.geteuid() == 0:
            Path(folder).chmod(0o711)  # the database runs as another account, which must be able to pass
        data.make()
        given = os.environ.get("DATABASE_URL")
        if given:
            yield django_environment(data, given)
            return
        cluster = Cluster(data.path / "database", Tuning(shared_buffers_mb=128, durable=False))
        cluster.choose_access()
        try:
            with cluster.running() as access:
                cluster.create_database(DATABASE)
                yield django_environment(data, access.url(DATABASE))
        finally:
            cluster.remove()


def _succeeds(name: str, environment: Mapping[str, str]) -> bool:
    started = time.monotonic()
    command = _STEPS[name]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    well = done.returncode == 0
    progress(f"{'ok' if well else 'FAILED':<7} {name:<13} {time.monotonic() - started:6.1f} s")
    if not well:
        sys.stderr.write(f"{done.stdout}{done.stderr}\n")
    return well


def _call(command: list[str], environment: Mapping[str, str]) -> int:
    sys.stdout.flush()
    return subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode
