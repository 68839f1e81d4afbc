"""look whether everything is in order, and say what to mend

Exits with 1 if something is bad.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator

from klantbeeld.platform.embedded.public import EmbeddedDatabaseError
from klantbeeld.site.cli.database import database_url
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.diagnosis import Finding, Level, as_json
from klantbeeld.site.cli.django_environment import django_environment
from klantbeeld.site.cli.messages import CommandError, answer
from klantbeeld.site.cli.options import add_data_option, data_folder


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `doctor` accepts."""
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print the findings; returns 1 if one of them is bad."""
    findings = []
    for finding in examine(data_folder(options)):
        findings.append(finding)
        if not options.json:
            answer(finding.line())
    if options.json:
        answer(as_json(findings))
    return int(any(finding.level is Level.BAD for finding in findings))


def examine(data: DataFolder) -> Iterator[Finding]:
    """Everything there is to find out about the installation in `data`."""
    from klantbeeld.site.cli.machine_checks import check_machine

    yield from check_machine(data)
    if not _has_database(data):
        yield Finding(Level.WARN, "database", "there is none yet", "./klantbeeld demo or ./klantbeeld up makes one.")
        return
    try:
        with database_url(data, "doctor") as url:
            yield from _examine_database(data, url)
    except (CommandError, EmbeddedDatabaseError) as error:
        yield Finding(Level.BAD, "database", "can't be used", str(error))


def _has_database(data: DataFolder) -> bool:
    try:
        return bool(os.environ.get("DATABASE_URL")) or data.cluster().exists
    except EmbeddedDatabaseError:
        return True  # it is there, and damaged: looking at it will say how


def _examine_database(data: DataFolder, url: str) -> Iterator[Finding]:
    from klantbeeld.site.cli.database_checks import check_database

    findings = list(check_database(url))
    yield from findings
    if findings[0].level is Level.BAD:
        return
    command = [sys.executable, "-m", "klantbeeld.site.cli.django_checks"]
    environment = django_environment(data, url)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        yield Finding(Level.BAD, "application", f"can't be loaded: {reason}", "./klantbeeld manage check says more.")
        return
    for values in json.loads(done.stdout.splitlines()[-1]):
        yield Finding(**{**values, "level": Level(values["level"])})
