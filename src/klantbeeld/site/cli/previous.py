"""What an earlier run may have left running after it was killed."""

import contextlib
import json
import os
import signal
import time
from pathlib import Path

from klantbeeld.site.cli.datafolder import DataFolder

_PATIENCE_SECONDS = 10.0


def end_previous_run(data: DataFolder) -> None:
    """End the application processes of a killed run. The caller has claimed the folder, so that run is over.

    They notice by themselves that their launcher is gone; this waits for them, and kills what is left after that.
    """
    host = data.running().get("host")
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while isinstance(host, int) and _is_host_of(data, host):
        if time.monotonic() > deadline:
            with contextlib.suppress(ProcessLookupError):
                os.kill(host, signal.SIGKILL)
        time.sleep(0.05)
    data.forget_running()


def _is_host_of(data: DataFolder, pid: int) -> bool:
    """Whether `pid` still is that host, and not a stranger that got its number."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"klantbeeld.site.cli.host" in command and json.dumps(str(data.path)).encode() in command
