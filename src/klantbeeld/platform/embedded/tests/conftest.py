"""A folder that the server's account can reach, and one cluster made once and copied for each test."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from klantbeeld.platform.embedded.public import Cluster, Tuning


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An empty folder with a space in its name, which other accounts may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="klantbeeld test "))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """An empty folder that nobody but its owner may enter."""
    folder = Path(tempfile.mkdtemp(prefix="klantbeeld closed "))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(open_folder: Path) -> Iterator[Cluster]:
    """A cluster that nobody has prepared yet."""
    made = Cluster(open_folder / "database", Tuning(shared_buffers_mb=16, durable=False), open_folder / "shared")
    made.choose_access()
    yield made
    made.remove()


@pytest.fixture
def lasting_cluster(open_folder: Path) -> Iterator[Cluster]:
    """One that keeps its promises, as in use: slower to make."""
    made = Cluster(open_folder / "database", Tuning(shared_buffers_mb=16), open_folder / "shared")
    made.choose_access()
    yield made
    made.remove()
