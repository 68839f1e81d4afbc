"""Children that continue with the memory of this process: what is imported once is shared by all of them."""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from klantbeeld.platform.embedded.public import die_with_parent

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)


class ForkedProcess:
    """A child made by `fork`; it leads its own process group."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: int | None = None

    def poll(self) -> int | None:
        """The exit code (negative: the signal that killed it), or None while it runs."""
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def wait(self) -> int:
        """Wait for the end; returns the exit code."""
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._code


def fork(work: Callable[[], None], log: Path, stdout: int | None = None) -> ForkedProcess:
    """Run `work` in a child that is killed with this process.

    What it prints goes to `log`; its standard output goes to the descriptor `stdout`, if one is given.
    """
    gc.freeze()  # keeps the collector from touching, and so copying, the pages that are shared
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return ForkedProcess(pid)
    code = 1
    try:
        os.setpgid(0, 0)
        die_with_parent(signal.SIGKILL)
        if os.getppid() == parent:
            _turn_away(log, stdout)
            work()
            code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _turn_away(log: Path, stdout: int | None) -> None:
    """Drop what belongs to the parent: its signal handlers and its standard streams."""
    signal.set_wakeup_fd(-1)
    for signum in _SIGNALS:
        signal.signal(signum, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(written if stdout is None else stdout, 1)
    os.dup2(written, 2)
    os.close(nothing)
    os.close(written)
