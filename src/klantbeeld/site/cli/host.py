"""The application's host process: imports Django once, brings the database up to date, then forks what serves.

Started by `launch.py` with its orders as JSON in the first argument. On standard input it is told what is ready
("database", "assets"); the end of that input means that the launcher is gone. On standard output it answers with
one JSON object per line: {"event": "step" | "prepared" | "failed", ...}.
"""

import io
import json
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from klantbeeld.platform.embedded.public import die_with_parent
from klantbeeld.site.cli import roles
from klantbeeld.site.cli.checkout import CHECKOUT, PACKAGE, fingerprint
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.forks import ForkedProcess, fork
from klantbeeld.site.cli.orders import Orders
from klantbeeld.site.cli.supervisor import Program, Supervisor


class StepFailedError(Exception):
    """A Django command ended badly; its log says why."""


class Host:
    """One host process."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self.data = DataFolder(Path(orders.data))
        self._ready: set[str] = set()
        self._input = b""

    def run(self) -> None:
        """Prepare, then serve until the launcher says stop or is gone."""
        roles.preload()
        try:
            facts = self._prepare()
        except StepFailedError as failure:
            _tell("failed", step=str(failure), log=str(self.data.logs / "prepare.log"))
            sys.exit(3)
        entries = {name: roles.entry(f"{name}_APPLICATION") for name in ("WSGI", "ASGI")}
        _tell("prepared", **facts)
        self._serve(entries)

    def _prepare(self) -> dict[str, Any]:
        orders = self.orders
        ahead = self._write_ahead() if orders.demo and not self.data.stamp("migrated") else None
        self._await("database")
        stamp = _code_stamp()
        if self.data.stamp("migrated") != stamp:
            _tell("step", text="Bringing the database up to date")
            self._django("migrate", "--noinput", "--verbosity", "0")
            self.data.set_stamp("migrated", stamp)
        collecting = self._collect_static_meanwhile() if orders.demo else None
        if orders.demo:
            if ahead is not None:
                ahead.wait()  # however it ended: what is missing is written again
            self._django("demo_data", forward=True)
        if collecting is not None:
            collecting.wait()  # however it ended: what is missing is collected now
        self._await("assets")
        self._collect_static()
        if orders.demo:
            return {"login": json.loads(self._django("demo_login", "--json").splitlines()[-1])}
        link = self._django("setup_link", "--if-needed", "--base", orders.base_url).strip()
        return {"link": link.splitlines()[-1] if link else ""}

    def _write_ahead(self) -> ForkedProcess:
        """Have the files that the demo is made from written while the database is still being made."""
        from django.core.management import execute_from_command_line

        log = self.data.log("prepare")
        return fork(lambda: execute_from_command_line(["klantbeeld", "demo_files"]), log)

    def _collect_static_meanwhile(self) -> ForkedProcess | None:
        """Have the browser's files collected while the demo is filled, if they are there by now."""
        if "assets" not in self._ready and select.select([0], [], [], 0)[0]:
            self._listen()
        return fork(self._collect_static, self.data.log("prepare")) if "assets" in self._ready else None

    def _collect_static(self) -> None:
        from django.conf import settings

        root, stamp = settings.STATIC_ROOT, _static_stamp()
        if not root or (self.data.stamp("static") == stamp and Path(root).is_dir()):
            return
        self._django("collectstatic", "--noinput", "--verbosity", "0")
        self.data.set_stamp("static", stamp)

    def _django(self, *command: str, forward: bool = False) -> str:
        """Run a Django command in a child; returns what it printed, or passes each line on as a step."""
        from django.core.management import execute_from_command_line

        read, write = os.pipe()
        child = fork(lambda: execute_from_command_line(["klantbeeld", *command]), self.data.log("prepare"), write)
        os.close(write)
        printed = io.StringIO()
        with os.fdopen(read, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if forward and line.strip():
                    _tell("step", text=line.strip())
                printed.write(line)
        if child.wait() != 0:
            raise StepFailedError(" ".join(command[:1]))
        return printed.getvalue()

    def _serve(self, entries: dict[str, Callable[..., Any]]) -> None:
        supervisor = Supervisor(_note)
        serving = self.orders.serving
        work = {
            "web": lambda: roles.serve_pages(serving, entries["WSGI"]),
            "live": lambda: roles.serve_live(serving, entries["ASGI"]),
            "worker": roles.work_through_jobs,
        }
        for name, role in work.items():
            supervisor.add(Program(name, lambda name=name, role=role: fork(role, self.data.log(name))))  # type: ignore[misc]

        def launcher_is_there() -> bool:
            supervisor.stopping |= not os.read(0, 4096)
            return not supervisor.stopping

        supervisor.watch(0, launcher_is_there)
        supervisor.run(until=lambda: False)
        supervisor.stop()

    def _await(self, what: str) -> None:
        while what not in self._ready:
            self._listen()

    def _listen(self) -> None:
        chunk = os.read(0, 4096)
        if not chunk:
            sys.exit(0)
        self._input += chunk
        *lines, self._input = self._input.split(b"\n")
        self._ready |= {line.decode() for line in lines}


def _code_stamp() -> str:
    """Changes with any line of our code, any dependency, and the database: then migrations may be due."""
    files = [file for file in PACKAGE.rglob("*.py") if "tests" not in file.parts]
    return fingerprint([*files, CHECKOUT / "requirements.lock"]) + " " + os.environ["DATABASE_URL"].rpartition("@")[2]


def _static_stamp() -> str:
    """Changes with any file that the browser loads, ours or a dependency's."""
    files = [file for file in PACKAGE.rglob("static/**/*") if file.is_file()]
    return fingerprint([*files, CHECKOUT / "requirements.lock"])


def _note(program: Program, what: str) -> None:
    sys.stderr.write(f"{program.name} {what}\n")
    sys.stderr.flush()


def _tell(event: str, **facts: Any) -> None:
    try:
        os.write(1, json.dumps({"event": event, **facts}).encode() + b"\n")
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    die_with_parent(signal.SIGTERM)
    Host(Orders.from_json(sys.argv[1])).run()
