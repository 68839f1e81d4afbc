import os
import pwd
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from klantbeeld.platform.embedded.binaries import find_binaries
from klantbeeld.platform.embedded.cluster import Cluster
from klantbeeld.platform.embedded.errors import EmbeddedDatabaseError
from klantbeeld.platform.embedded.tuning import Tuning

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def cluster_in_closed_folder(closed_folder: Path, open_folder: Path) -> Iterator[Cluster]:
    made = Cluster(closed_folder / "database", Tuning(shared_buffers_mb=16, durable=False), open_folder / "shared")
    made.choose_access()
    yield made
    made.remove()


def test_a_closed_folder_is_no_obstacle(cluster_in_closed_folder: Cluster, open_folder: Path) -> None:
    with cluster_in_closed_folder.running() as access:
        with psycopg.connect(access.url("postgres")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        outside = Path(access.place).is_relative_to(open_folder / "shared")
        assert outside is IS_ROOT  # a normal user's server can enter its owner's folder
        owner = pwd.getpwuid(Path(access.place).stat().st_uid).pw_name
        assert owner in ({"klantbeeld", "postgres", "nobody"} if IS_ROOT else {pwd.getpwuid(os.geteuid()).pw_name})


def test_removing_a_cluster_leaves_nothing_anywhere(cluster_in_closed_folder: Cluster, open_folder: Path) -> None:
    with cluster_in_closed_folder.running():
        pass
    cluster_in_closed_folder.remove()
    assert not cluster_in_closed_folder.home.exists()
    assert list((open_folder / "shared").glob("database-*")) == []


def test_programs_out_of_reach_are_copied_once(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Outsider:
        def can_reach(self, path: Path) -> bool:
            return open_folder in path.parents

    first = find_binaries(Outsider(), open_folder / "shared")  # type: ignore[arg-type]
    made = (first.folder / "postgres").stat().st_ino
    again = find_binaries(Outsider(), open_folder / "shared")  # type: ignore[arg-type]
    assert again == first
    assert (again.folder / "postgres").stat().st_ino == made
    assert not [entry for entry in (open_folder / "shared").iterdir() if entry.name != f"postgresql-{first.version}"]
    assert all(path.stat().st_mode & 0o005 for path in (open_folder / "shared").rglob("*"))


def test_a_missing_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klantbeeld.platform.embedded.binaries._PACKAGE", "no_such_package")
    with pytest.raises(EmbeddedDatabaseError, match=r"not installed.*DATABASE_URL"):
        find_binaries()
