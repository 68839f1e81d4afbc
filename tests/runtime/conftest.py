"""A server for the tests of backup and doctor, and an empty database in it for each of them."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from klantbeeld.platform.embedded.public import Cluster, Tuning
from klantbeeld.site.cli.datafolder import DataFolder


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="klantbeeld-runtime-"))
    folder.chmod(0o711)
    cluster = Cluster(folder / "database", Tuning(shared_buffers_mb=16, durable=False))
    cluster.choose_access()
    with cluster.running():
        yield cluster
    cluster.remove()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: Cluster) -> str:
    """The address of an empty database."""
    return _new_database(server)


@pytest.fixture
def shop(server: Cluster) -> str:
    """The address of another database, with three customers in it."""
    address = _new_database(server)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE customer (id int PRIMARY KEY, name text)")
        connection.execute("INSERT INTO customer VALUES (1, 'Anna'), (2, 'Bram'), (3, 'Zoë')")
    return address


def _new_database(server: Cluster) -> str:
    name = f"test_{secrets.token_hex(4)}"
    server.create_database(name)
    return server.access.url(name)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder with one uploaded file."""
    folder = DataFolder(tmp_path / "data")
    folder.make()
    (folder.files / "contracts").mkdir()
    (folder.files / "contracts" / "één.txt").write_text("agreed")
    return folder
