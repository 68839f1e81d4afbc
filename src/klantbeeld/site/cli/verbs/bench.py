"""measure speed and memory on a large database that is made for it

The database has a data folder of its own, which is kept for the next run. Further options go to the Django
command of the same name.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from klantbeeld.platform.embedded.public import Tuning
from klantbeeld.site.cli.assets import build_assets
from klantbeeld.site.cli.checkout import DEFAULT_DATA
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.django_environment import django_environment
from klantbeeld.site.cli.launch import DATABASE
from klantbeeld.site.cli.messages import CommandError, progress

_SHARED_BUFFERS_MB = 96
PASSES_ON = True


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `bench` accepts."""
    default = DEFAULT_DATA / "bench"
    parser.add_argument("--data", metavar="DIR", type=Path, default=default, help="data folder of the bench database")
    parser.add_argument("--shared-buffers", type=int, default=_SHARED_BUFFERS_MB, metavar="MB", help="database cache")


def run(options: argparse.Namespace) -> int:
    """Run the measurements; returns the exit code of the Django command."""
    data = DataFolder(options.data.expanduser())
    data.claim("bench")
    build_assets()
    cluster = data.cluster(Tuning(shared_buffers_mb=options.shared_buffers))
    cluster.choose_access()
    with cluster.running() as access:
        cluster.create_database(DATABASE)
        environment = django_environment(data, access.url(DATABASE))
        for command in (["migrate", "--noinput", "--verbosity", "0"], ["bench", *options.passed_on]):
            progress(f"{command[0]}")
            code = subprocess.run([sys.executable, "-m", "django", *command], env=environment, check=False).returncode
            if code != 0 and command[0] == "migrate":
                raise CommandError("The bench database could not be brought up to date; Django says why above.")
    return code
