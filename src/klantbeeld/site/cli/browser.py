"""The browser that the tests drive."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from klantbeeld.site.cli.messages import CommandError, progress

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_PACKAGES = ("chromium", "fonts-dejavu-core")


def find_browser() -> str | None:
    """The path of a Chromium: the one in KLANTBEELD_CHROMIUM, or the first on PATH."""
    given = os.environ.get("KLANTBEELD_CHROMIUM")
    return given or next((path for name in _NAMES if (path := shutil.which(name))), None)


def require_browser() -> str:
    """The path of a Chromium, which is installed first where we may do that (root on Debian or Ubuntu).

    Raises:
        CommandError: there is none, and it can't be installed from here.
    """
    found = find_browser()
    if found is None and os.geteuid() == 0 and Path("/etc/debian_version").exists():
        progress("Installing Chromium")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *_PACKAGES]):
            subprocess.run(["/usr/bin/apt-get", *arguments], env=environment, stdout=sys.stderr.fileno(), check=False)
        found = find_browser()
    if found is None:
        raise CommandError(
            "The browser tests need Chromium, and it is not installed. Debian, Ubuntu: apt-get install chromium. "
            "A browser in an unusual place is given by KLANTBEELD_CHROMIUM. To run other tests only, name them: "
            "./klantbeeld test src/klantbeeld/customers"
        )
    return found
