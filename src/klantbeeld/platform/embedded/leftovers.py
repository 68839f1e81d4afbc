"""What a killed server left behind, and clearing it away before the next start."""

import os
import signal
import time
from pathlib import Path

_PROC = Path("/proc")


def clear_leftovers(place: Path, patience: float = 20.0) -> None:
    """End what still runs in `place` (PGDATA) and remove a lock file that belongs to nobody.

    The caller holds the lock of the data folder, so nobody else may be using the place. A server whose
    launcher was killed is shutting down by itself: it gets `patience` seconds before it is told to.
    """
    for signum, seconds in ((None, patience), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if _ended(place, signum, seconds):
            break
    lock = place / "postmaster.pid"
    pid = _first_line_as_number(lock)
    if pid is not None and not _works_in(pid, place):
        # After a restart of the machine the number may belong to a stranger, which PostgreSQL takes for a rival.
        lock.unlink(missing_ok=True)


def _ended(place: Path, signum: signal.Signals | None, seconds: float) -> bool:
    running = _processes_in(place)
    if signum is not None:
        for pid in running:
            try:
                os.kill(pid, signum)
            except ProcessLookupError:
                continue
    deadline = time.monotonic() + seconds
    while running and time.monotonic() < deadline:
        time.sleep(0.05)
        running = _processes_in(place)
    return not running


def _processes_in(place: Path) -> list[int]:
    """Server processes of the cluster in `place`: PostgreSQL's processes all stand in their data directory."""
    if not _PROC.is_dir():
        pid = _first_line_as_number(place / "postmaster.pid")
        return [pid] if pid is not None and _works_in(pid, place) else []
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit() and _stands_in(entry, place)]


def _works_in(pid: int, place: Path) -> bool:
    if _PROC.is_dir():
        return _stands_in(_PROC / str(pid), place)
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _stands_in(entry: Path, place: Path) -> bool:
    try:
        return (entry / "cwd").samefile(place) and "postgres" in (entry / "comm").read_text()
    except OSError:
        return False


def _first_line_as_number(file: Path) -> int | None:
    try:
        return int(file.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
