"""Starts an installation and keeps it running: the database, and the host of all application processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from klantbeeld.platform.embedded.public import Cluster, EmbeddedDatabaseError
from klantbeeld.site.cli.assets import assets_are_current
from klantbeeld.site.cli.checkout import SOURCE
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.django_environment import django_environment, serving_environment, shown_host
from klantbeeld.site.cli.host_process import HostProcess
from klantbeeld.site.cli.http_probe import status_of
from klantbeeld.site.cli.messages import CommandError, end_of, progress
from klantbeeld.site.cli.orders import Orders, Serving
from klantbeeld.site.cli.previous import end_previous_run
from klantbeeld.site.cli.supervisor import Program, Supervisor

DATABASE = "klantbeeld"
_HEALTH_SECONDS = 15.0
_UNHEALTHY_AFTER = 8  # in a row: about three minutes; a machine that is merely busy gets its time


@dataclass(frozen=True)
class Ready:
    """An installation that answers: its address, and what Django said about getting in."""

    url: str
    facts: dict[str, Any]


class Launcher:
    """One run of one installation, from the claim on its data folder to the end of its last process."""

    def __init__(self, data: DataFolder, serving: Serving, *, demo: bool) -> None:
        self.data = data
        self.serving = serving
        self.demo = demo
        shown = shown_host(serving.host)
        self.url = f"http://{f'[{shown}]' if ':' in shown else shown}:{serving.port}/"
        self._facts: dict[str, Any] | None = None
        self._failure: str | None = None
        self._cluster: Cluster | None = None
        self._database_url = os.environ.get("DATABASE_URL", "")
        self._host: HostProcess | None = None
        self._prepared: list[str] = []
        self._unanswered = 0
        self._checked = time.monotonic()
        self._supervisor = Supervisor(self._report)

    def run(self, announce: Callable[[Ready], None]) -> None:
        """Start everything, call `announce` when the first page answers, and return after a stop was asked for.

        Raises:
            CommandError, EmbeddedDatabaseError: the installation does not come up; nothing is left running.
        """
        end_previous_run(self.data)
        try:
            self._start()
            self._until_answering()
            if not self._supervisor.stopping:
                announce(Ready(self.url, self._facts or {}))
                self._supervisor.run(until=self._looks_after_health, tick=_HEALTH_SECONDS)
        finally:
            self._supervisor.stop()
            self.data.forget_running()
        if self._failure:
            raise CommandError(self._failure)

    def _start(self) -> None:
        assets = None if assets_are_current() else _spawn_assets(self.data.log("assets"))
        if not self._database_url:
            self._cluster = self.data.cluster()
            self._database_url = self._cluster.choose_access().url(DATABASE)
        self._supervisor.add(Program("application", self._spawn_host, grace=20.0))
        if self._cluster is not None:
            self._start_database(self._cluster)
        self._tell_host("database")
        if assets is not None:
            self._supervisor.run(until=lambda: assets.poll() is not None, tick=0.05)
            if assets.poll() is None:
                assets.terminate()
            elif assets.returncode != 0:
                raise CommandError(f"The browser's files were not built. {end_of(self.data.logs / 'assets.log')}")
        self._tell_host("assets")

    def _start_database(self, cluster: Cluster) -> None:
        if not cluster.exists:
            progress("Making the database")
        cluster.prepare()
        program = Program("database", cluster.spawn, stop_signal=signal.SIGINT, grace=30.0)
        self._supervisor.add(program, foundation=True)
        deadline = time.monotonic() + 60

        def is_ready() -> bool:
            if time.monotonic() > deadline:
                raise EmbeddedDatabaseError(f"PostgreSQL does not start. {cluster.said()}")
            return program.process is not None and cluster.is_ready(program.process.pid)

        self._supervisor.run(until=is_ready, tick=0.02)
        if not self._supervisor.stopping:
            cluster.create_database(DATABASE)

    def _until_answering(self) -> None:
        self._supervisor.run(until=lambda: self._facts is not None)
        deadline = time.monotonic() + 60

        def answers() -> bool:
            if time.monotonic() > deadline:
                raise CommandError(f"{self.url} does not answer. {end_of(self.data.logs / 'web.log')}")
            status = status_of(self.serving.host, self.serving.port)
            if status is not None and status >= 500:
                raise CommandError(f"{self.url} answers with error {status}. {end_of(self.data.logs / 'web.log')}")
            return status is not None

        self._supervisor.run(until=answers, tick=0.05)

    def _spawn_host(self) -> HostProcess:
        orders = Orders(
            data=str(self.data.path),
            demo=self.demo,
            base_url=self.url,
            serving=self.serving,
        )
        environment = django_environment(self.data, self._database_url)
        environment |= serving_environment(self.serving.host, self.serving.live_port)
        environment.setdefault("KLANTBEELD_POOLED", "1")
        if self._host is not None:
            self._host.hang_up()
        self._host = host = HostProcess(orders, environment, self.data.log("host"))
        self._supervisor.watch(host.messages, lambda: self._hear(host))
        for what in self._prepared:
            host.tell(what)
        self.data.note_running({"pid": os.getpid(), "url": self.url, "host": host.pid, "demo": self.demo})
        return host

    def _tell_host(self, what: str) -> None:
        self._prepared.append(what)
        if self._host is not None:
            self._host.tell(what)

    def _hear(self, host: HostProcess) -> bool:
        messages = host.receive()
        for message in messages or []:
            self._take(message)
        return messages is not None

    def _take(self, message: dict[str, Any]) -> None:
        event = message.pop("event", "")
        if event == "prepared":
            self._facts = message
        elif event == "step" and self._facts is None:
            progress(message["text"])
        elif event == "failed" and self._facts is None:
            self._failure = f"The step {message['step']} failed. {end_of(Path(message['log']))}"
            self._supervisor.stopping = True

    def _report(self, program: Program, what: str) -> None:
        line = f"{program.name} {what}"
        with self.data.log("launcher").open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}\n")
        if self._supervisor.stopping:
            return
        if self._facts is not None:
            progress(f"{line}; it is started again")
        elif program.name == "application":
            self._failure = f"The application did not start: {what}. {end_of(self.data.logs / 'host.log')}"
            self._supervisor.stopping = True

    def _looks_after_health(self) -> bool:
        """Asks for a page now and then; an application that stays silent is replaced. Never the reason to stop."""
        if time.monotonic() - self._checked < _HEALTH_SECONDS:
            return False
        answered = status_of(self.serving.host, self.serving.port, "/healthz") is not None
        self._checked = time.monotonic()
        self._unanswered = 0 if answered else self._unanswered + 1
        if self._unanswered >= _UNHEALTHY_AFTER and self._host is not None and self._host.poll() is None:
            self._unanswered = 0
            self._host.kill()
        return False


def _spawn_assets(log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "klantbeeld.site.cli.assets"]
    with log.open("wb") as stream:
        return subprocess.Popen(command, stdout=stream, stderr=stream, env={**os.environ, "PYTHONPATH": str(SOURCE)})
