"""Where this copy of the project lies on disk."""

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[4]
SOURCE = CHECKOUT / "src"
PACKAGE = SOURCE / "klantbeeld"
DEFAULT_DATA = CHECKOUT / ".klantbeeld"


def fingerprint(files: Iterable[Path]) -> str:
    """A hash of the names and contents of `files`: it changes when any of them does."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(CHECKOUT)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def version() -> str:
    """The version of Klantbeeld."""
    with (CHECKOUT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    return str(project["version"])
