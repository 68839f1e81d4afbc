"""The application as it is run for people: the host process with its web, live and worker processes."""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from klantbeeld.site.bench.processes import Group, parent_of
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.django_environment import django_environment, serving_environment
from klantbeeld.site.cli.host_process import HostProcess
from klantbeeld.site.cli.http_probe import status_of
from klantbeeld.site.cli.orders import Orders, Serving
from klantbeeld.site.cli.ports import reserve_ports

_HOST = "127.0.0.1"
_PATIENCE = 120.0
WORKERS = 2


class NotServing(Exception):
    """The application didn't come up."""


@dataclass(frozen=True)
class Running:
    """Where the application answers, and the processes that it consists of; the database's if it runs here."""

    host: str
    port: int
    application: Group
    database: Group | None

    @property
    def pids(self) -> list[int]:
        """All processes as of now."""
        return self.application.pids + (self.database.pids if self.database else [])


@contextmanager
def running(workers: int = WORKERS) -> Iterator[Running]:
    """The application in the current installation, until the end of the block. Raises NotServing."""
    data = DataFolder(settings.DATA)
    data.make()
    ports = reserve_ports(_HOST, None)
    serving = Serving(_HOST, ports.pages, ports.live, workers)
    environment = django_environment(data, settings.DATABASE_URL) | serving_environment(_HOST, ports.live)
    environment.setdefault("KLANTBEELD_POOLED", "1")
    orders = Orders(data=str(data.path), demo=False, base_url=f"http://{_HOST}:{ports.pages}/", serving=serving)
    host = HostProcess(orders, environment, data.log("host"))
    try:
        host.tell("database")
        host.tell("assets")
        _wait(host, ports.pages)
        yield Running(_HOST, ports.pages, Group("application", host.pid), _database())
    finally:
        host.hang_up()
        host.kill()
        ports.give_back()


def _wait(host: HostProcess, port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        ready, _, _ = select.select([host.messages], [], [], 0.2)
        for message in (host.receive() or []) if ready else []:
            if message.get("event") == "failed":
                raise NotServing(f"The step {message['step']} failed; see {message['log']}.")
        if host.poll() is not None:
            raise NotServing("The application ended at once; see host.log in the data folder.")
        if status_of(_HOST, port) is not None:
            return
    raise NotServing("The application doesn't answer; see web.log in the data folder.")


def _database() -> Group | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    if not Path(f"/proc/{pid}").exists():
        return None
    root = parent_of(pid)
    return Group("database", root) if root and root > 1 else None
