import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg

from klantbeeld.platform.embedded.cluster import Cluster

_HOLD = """
import sys
from pathlib import Path
from klantbeeld.platform.embedded.public import Cluster, Tuning
with Cluster(Path(sys.argv[1]), Tuning(shared_buffers_mb=16), Path(sys.argv[2])).running() as access:
    print(access.url("postgres"), flush=True)
    sys.stdin.read()
"""


def _write_and_get_killed(url: str, server: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept VALUES (42)")
        os.kill(server, signal.SIGKILL)


def _server_of(place: Path) -> int:
    return int((place / "postmaster.pid").read_text().splitlines()[0])


def test_what_was_committed_survives_a_killed_server(lasting_cluster: Cluster) -> None:
    with lasting_cluster.running() as access:
        _write_and_get_killed(access.url("postgres"), _server_of(Path(access.place)))
    with lasting_cluster.running() as access, psycopg.connect(access.url("postgres")) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (42,)


def test_a_lock_file_with_a_strangers_number_is_no_obstacle(cluster: Cluster) -> None:
    with cluster.running() as access:
        lock = Path(access.place) / "postmaster.pid"
        lines = lock.read_text().splitlines()
    # Only a process of the server's own account can be taken for a rival.
    account = cluster.account.popen_options() if cluster.account else {}
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, **account) as stranger:
        lock.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        with cluster.running():
            assert stranger.poll() is None
        stranger.communicate()


def test_a_taken_port_is_exchanged_for_a_free_one(cluster: Cluster) -> None:
    taken = cluster.access.port
    with socket.socket() as other:
        other.bind(("127.0.0.1", taken))
        other.listen()
        cluster.choose_access()
        with cluster.running() as access, psycopg.connect(access.url("postgres")) as connection:
            assert access.port != taken
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_server_ends_with_the_process_that_started_it_and_starts_again(lasting_cluster: Cluster) -> None:
    command = [sys.executable, "-c", _HOLD, str(lasting_cluster.home), str(lasting_cluster.home.parent / "shared")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        url = holder.stdout.readline().strip()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        holder.kill()
        holder.wait()
    with lasting_cluster.running() as access, psycopg.connect(access.url("postgres")) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
