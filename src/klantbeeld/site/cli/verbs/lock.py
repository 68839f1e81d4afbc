"""pin the packages of the requirements*.in files again, with their hashes"""

import argparse
import subprocess
import sys
from pathlib import Path

from klantbeeld.site.cli.checkout import CHECKOUT
from klantbeeld.site.cli.messages import CommandError

# Nothing about where the packages were fetched from may end up in the files.
_COMPILE = [
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate"),
    *("--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "./klantbeeld lock"),
]


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `lock` accepts."""
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that the .in files allow")


def run(options: argparse.Namespace) -> int:
    """Write the lock files. The developers' one holds what the first holds, so that one of them is enough at a time."""
    upgrade = ["--upgrade"] if options.upgrade else []
    _compile(["requirements.in", "-o", "requirements.lock", *upgrade])
    _compile(["requirements-node.in", "-o", "requirements-node.lock", *upgrade])
    developers = ["requirements.in", "requirements-dev.in", "-c", "requirements.lock", "-o", "requirements-dev.lock"]
    _compile([*developers, *upgrade])
    return 0


def _compile(arguments: list[str]) -> None:
    uv = Path(sys.prefix) / "bin" / "uv"
    if subprocess.run([str(uv), *_COMPILE, *arguments], cwd=CHECKOUT, check=False).returncode != 0:
        raise CommandError("The packages could not be pinned; uv says why above.")
