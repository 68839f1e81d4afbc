"""run a Django command in the environment of the installation

Example: ./klantbeeld manage migrate --plan. A running installation's database is used; otherwise it is started.
"""

import argparse
import signal
import subprocess
import sys

from klantbeeld.site.cli.database import database_url
from klantbeeld.site.cli.django_environment import django_environment
from klantbeeld.site.cli.options import add_data_option, data_folder

PASSES_ON = True


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `manage` accepts: everything but `--data` goes to Django."""
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; returns its exit code."""
    data = data_folder(options)
    with database_url(data, "manage") as url:
        # Ctrl-C is for the command: we wait for it, and stop the database after it.
        previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return subprocess.run(
                [sys.executable, "-m", "django", *options.passed_on],
                env=django_environment(data, url),
                check=False,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            ).returncode
        finally:
            signal.signal(signal.SIGINT, previous)
