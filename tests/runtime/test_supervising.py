"""The supervisor takes over the signals of its process, so each test runs one in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klantbeeld.site.cli.checkout import SOURCE
from tests.runtime.waiting import wait_for

_SCRIPT = """
import subprocess, sys
from klantbeeld.site.cli.supervisor import Program, Supervisor
def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\\n")
    sys.stdout.flush()
def start(name, script):
    process = subprocess.Popen(["sh", "-c", script], start_new_session=True)
    say("started", name, process.pid)
    return process
supervisor = Supervisor(lambda program, what: say("report", program.name, what))
for number, script in enumerate(sys.argv[1:]):
    supervisor.add(Program(f"p{number}", lambda n=number, s=script: start(f"p{n}", s), grace=0.5))
supervisor.run(until=lambda: False)
supervisor.stop()
say("stopped")
"""


@contextmanager
def supervising(*scripts: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", _SCRIPT, *scripts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_a_killed_process_is_started_again() -> None:
    with supervising("exec sleep 600") as process:
        first = int(line(process)[2])
        os.kill(first, signal.SIGKILL)
        assert line(process) == ["report", "p0", "ended", "(killed", "by", "SIGKILL)"]
        second = int(line(process)[2])
        assert second != first
        process.terminate()
        assert line(process) == ["stopped"]
        assert not is_alive(second)


def test_what_a_dead_process_left_running_is_ended() -> None:
    with supervising("sleep 600 & echo child $!; exec sleep 600") as process:
        lines = {found[0]: found[-1] for found in (line(process), line(process))}
        os.kill(int(lines["started"]), signal.SIGKILL)
        line(process)
        wait_for(lambda: not is_alive(int(lines["child"])))


def test_one_that_keeps_failing_is_started_at_longer_and_longer_intervals() -> None:
    with supervising("exit 3") as process:
        lines = [line(process) for _ in range(2)]
        first = time.monotonic()
        lines += [line(process) for _ in range(2)]
        second = time.monotonic()
        lines += [line(process) for _ in range(2)]
        third = time.monotonic()
    assert third - second > second - first > 0.1
    assert [found[0] for found in lines] == ["started", "report"] * 3
    assert lines[1] == ["report", "p0", "ended", "(exit", "code", "3)"]


def test_the_last_started_is_stopped_first() -> None:
    script = 'trap "echo bye {0}; exit 0" TERM; echo on; while :; do sleep 0.05; done'
    with supervising(script.format("first"), script.format("second")) as process:
        for _ in range(4):
            line(process)
        process.terminate()
        assert [line(process), line(process)] == [["bye", "second"], ["bye", "first"]]


def test_one_that_does_not_want_to_stop_is_killed() -> None:
    with supervising('trap "" TERM; echo on; while :; do sleep 0.05; done') as process:
        stubborn = next(int(found[2]) for found in (line(process), line(process)) if found[0] == "started")
        process.send_signal(signal.SIGINT)
        assert line(process)[:5] == ["report", "p0", "did", "not", "stop"]
        assert line(process) == ["stopped"]
        assert not is_alive(stubborn)
