"""How long it takes from the command to the first page that answers, in a data folder of its own."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from klantbeeld.site.bench.report import Single
from klantbeeld.site.cli.datafolder import DataFolder

COLD, WARM = "cold start in a known environment", "warm start"
_FLOORS = {COLD: 60.0, WARM: 5.0}
_PATIENCE_SECONDS = 300
# What is set for this installation isn't for the one that is started.
_OURS = re.compile(r"DATABASE_URL$|KLANTBEELD_|DJANGO_SETTINGS_MODULE$")


class NotStarted(Exception):
    """The launcher ended before a page answered."""


def measured() -> list[Single]:
    """Start the demo in an empty data folder, and again in what that left. Raises NotStarted.

    Seconds of the wall clock. The Python environment and the browser's files are those that are there.
    """
    with tempfile.TemporaryDirectory(prefix="klantbeeld-start-") as folder:
        # The account that the database runs as has to pass.
        Path(folder).chmod(0o711)
        data = DataFolder(Path(folder) / "data")
        try:
            return [Single(name, _seconds(data), "s", _FLOORS[name]) for name in (COLD, WARM)]
        finally:
            data.cluster().remove()


def _seconds(data: DataFolder) -> float:
    """One start, and the end of it."""
    environment = {name: value for name, value in os.environ.items() if not _OURS.match(name)}
    command = [sys.executable, "-m", "klantbeeld.site.cli", "demo", "--json", "--data", str(data.path)]
    begun = time.monotonic()
    with subprocess.Popen(  # noqa: S603 - our own command line
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as launcher:
        try:
            said = launcher.stdout.readline() if launcher.stdout else ""
            seconds = time.monotonic() - begun
            if not said.strip() or "url" not in json.loads(said):
                raise NotStarted
            return seconds
        finally:
            launcher.terminate()
            launcher.wait(_PATIENCE_SECONDS)
