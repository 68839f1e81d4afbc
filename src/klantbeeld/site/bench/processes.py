"""What processes use, as Linux tells it in /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Group:
    """A process with all that it started, by a name to show."""

    name: str
    root: int

    @property
    def pids(self) -> list[int]:
        """The process and everything below it, as of now."""
        children: dict[int, list[int]] = {}
        for pid, parent in _parents().items():
            children.setdefault(parent, []).append(pid)
        found = [self.root]
        for pid in found:
            found += children.get(pid, [])
        return found


def parent_of(pid: int) -> int | None:
    """The process that started this one; None when it is gone."""
    fields = _stat(pid)
    return int(fields[1]) if fields else None


def cpu_seconds(pids: list[int]) -> float:
    """The processor time that these processes have used since they began, in seconds."""
    found = (_stat(pid) for pid in pids)
    return sum(int(each[11]) + int(each[12]) for each in found if each) / _TICKS_PER_SECOND


def memory_mb(pids: list[int]) -> float:
    """The memory of these processes in MB; what several share is counted once, in parts (PSS)."""
    return sum(_pss_kb(pid) for pid in pids) * 1024 / 1e6


def _pss_kb(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _parents() -> dict[int, int]:
    found = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields:
                found[int(entry.name)] = int(fields[1])
    return found


def _stat(pid: int) -> list[str] | None:
    # The name, in parentheses, may hold anything; what follows it is plain.
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return None
