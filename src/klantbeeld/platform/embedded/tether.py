"""Children that do not outlive the process that started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(signum: signal.Signals) -> None:
    """Ask the kernel to send `signum` to the calling process when its parent dies (Linux; elsewhere nothing)."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)


def tether(signum: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` for `subprocess.Popen`: the child gets `signum` when the process that started it dies.

    The parent may already be gone when the child gets here; then the child ends at once.
    """
    parent = os.getpid()

    def bind() -> None:
        die_with_parent(signum)
        if os.getppid() != parent:
            os._exit(1)

    return bind
