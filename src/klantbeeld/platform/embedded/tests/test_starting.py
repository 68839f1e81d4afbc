from pathlib import Path

import psycopg
import pytest

from klantbeeld.platform.embedded.cluster import Cluster
from klantbeeld.platform.embedded.errors import EmbeddedDatabaseError
from klantbeeld.platform.embedded.tuning import Tuning


def test_a_new_cluster_is_made_started_and_stopped(cluster: Cluster) -> None:
    with cluster.running() as access:
        cluster.create_database("klantbeeld")
        cluster.create_database("klantbeeld")
        with psycopg.connect(access.url("klantbeeld")) as connection:
            assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
            assert connection.execute("SELECT upper('é')").fetchone() == ("É",)
        wrong = access.url("postgres").replace(access.password, "guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(access.url("klantbeeld"))


def test_promises_are_kept_unless_a_test_says_otherwise() -> None:
    assert "fsync=off" not in Tuning().options()
    assert "fsync=off" in Tuning(durable=False).options()


def test_the_password_is_kept_from_others(cluster: Cluster) -> None:
    assert (cluster.home / "access.json").stat().st_mode & 0o077 == 0


def test_a_half_made_cluster_is_made_again(cluster: Cluster) -> None:
    unfinished = cluster.home / "cluster.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18")
    with cluster.running():
        assert not unfinished.exists()


def test_files_of_another_major_version_are_left_alone(cluster: Cluster) -> None:
    place = cluster.home / "cluster"
    place.mkdir()
    (place / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedDatabaseError, match=r"made by PostgreSQL 17.*Nothing was changed.*backup"):
        cluster.prepare()
    assert [entry.name for entry in place.iterdir()] == ["PG_VERSION"]


def test_a_damaged_access_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "access.json").write_text("{")
    with pytest.raises(EmbeddedDatabaseError, match=r"access\.json is damaged"):
        Cluster(tmp_path).choose_access()
