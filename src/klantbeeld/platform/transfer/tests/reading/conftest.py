"""The published collections of troublesome files, unpacked once, and a quick way to write a file of one's own."""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).with_name("data")

Write = Callable[[str | bytes], Path]


def _unpacked(archive: str, into: Path) -> Path:
    with tarfile.open(DATA / archive) as files:
        files.extractall(into, filter="data")
    return into


@pytest.fixture(scope="session")
def spectrum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _unpacked("csv-spectrum-2.0.0.tgz", tmp_path_factory.mktemp("spectrum")) / "package"


@pytest.fixture(scope="session")
def horror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _unpacked("messytables_horror.tar.xz", tmp_path_factory.mktemp("horror")) / "horror"


@pytest.fixture(scope="session")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _unpacked("blns.tar.xz", tmp_path_factory.mktemp("naughty")) / "blns"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "given"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
