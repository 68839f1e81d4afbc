"""Keeps processes running: starts them, restarts those that die, and stops them in order.

One thread, no polling: it sleeps until a child dies, a signal comes, a watched file can be read, or a start is due.
"""

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Protocol

_BACKOFF_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_HEALTHY_AFTER_SECONDS = 60.0


class Process(Protocol):
    """A started process that leads its own process group."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...


@dataclass
class Program:
    """Something to keep running. `start` starts it once; `stop_signal` asks it to end within `grace` seconds."""

    name: str
    start: Callable[[], Process]
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10.0
    process: Process | None = field(default=None, init=False)
    _failures: int = field(default=0, init=False)
    _started: float = field(default=0.0, init=False)
    _due: float = field(default=0.0, init=False)

    def launch(self) -> None:
        """Start the process now."""
        self._started = time.monotonic()
        self.process = self.start()

    def reap(self) -> int | None:
        """The exit code, if the process has ended since the last call; what it left running is ended, too."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.end_group()
        self.process = None
        if time.monotonic() - self._started > _HEALTHY_AFTER_SECONDS:
            self._failures = 0
        self.put_off()
        return code

    def put_off(self) -> None:
        """Make the next start wait, longer after each failure in a row."""
        self._due = time.monotonic() + _BACKOFF_SECONDS[min(self._failures, len(_BACKOFF_SECONDS) - 1)]
        self._failures += 1

    def waits(self) -> float | None:
        """Seconds until the next start is due; None while the process runs."""
        return None if self.process is not None else max(0.0, self._due - time.monotonic())

    def ask_to_stop(self) -> None:
        """Send the stop signal."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, self.stop_signal)

    def end_group(self) -> None:
        """Kill whatever is left of the process and of what it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Runs programs until it is told to stop. Made and used in the main thread."""

    def __init__(self, report: Callable[[Program, str], None]) -> None:
        self.programs: list[Program] = []
        self.stopping = False
        self._report = report
        self._watched: dict[int, Callable[[], bool]] = {}
        self._wake_read, wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(wake_write, False)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self._note_stop)
        signal.signal(signal.SIGCHLD, lambda _signum, _frame: None)  # a handler, so that it wakes the loop

    def add(self, program: Program, *, foundation: bool = False) -> None:
        """Start a program and keep it running. A foundation is stopped after those that are there already."""
        self.programs.insert(0 if foundation else len(self.programs), program)
        program.launch()

    def watch(self, descriptor: int, read: Callable[[], bool]) -> None:
        """Call `read` whenever `descriptor` can be read, until it answers False."""
        self._watched[descriptor] = read

    def run(self, until: Callable[[], bool], tick: float | None = None) -> None:
        """Keep the programs running until `until` holds or a stop is asked for; asked every `tick` s or sooner."""
        while not self.stopping and not until():
            self._wait(tick)
            self._restart_the_dead()

    def stop(self) -> None:
        """Stop all programs, the last started first, each with its grace, and return when none is left."""
        self.stopping = True
        for program in reversed(self.programs):
            program.ask_to_stop()
            deadline = time.monotonic() + program.grace
            while program.process is not None and program.process.poll() is None and time.monotonic() < deadline:
                self._wait(0.2)
            if program.process is not None and program.process.poll() is None:
                self._report(program, f"did not stop within {program.grace:.0f} s and was killed")
            program.end_group()
            while program.process is not None and program.process.poll() is None:
                time.sleep(0.01)
            program.process = None

    def _restart_the_dead(self) -> None:
        for program in self.programs:
            code = program.reap()
            if code is not None and not self.stopping:
                self._report(program, f"ended ({_described(code)})")
            if not self.stopping and program.waits() == 0.0:
                try:
                    program.launch()
                except OSError as error:
                    program.put_off()
                    self._report(program, f"can't be started: {error}")

    def _wait(self, tick: float | None) -> None:
        due = [seconds for program in self.programs if (seconds := program.waits()) is not None]
        timeout = min([*due, tick]) if tick is not None else min(due, default=None)
        ready, _, _ = select.select([self._wake_read, *self._watched], [], [], timeout)
        for descriptor in ready:
            if descriptor == self._wake_read:
                os.read(self._wake_read, 4096)
            elif not self._watched[descriptor]():
                del self._watched[descriptor]

    def _note_stop(self, _signum: int, _frame: FrameType | None) -> None:
        self.stopping = True


def _described(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
