"""How much memory the worker needs while it works, early and late: what reads a file of any size must stay level."""

import time

from klantbeeld.site.bench.processes import memory_mb
from klantbeeld.site.bench.server import Running

_SECONDS = 0.5
"""Between two looks: the kernel goes through all pages of a process for each, which the measured work would feel."""


class MemoryWatch:
    """Looks at the application's processes now and then, from the moment it is made."""

    def __init__(self, server: Running) -> None:
        self._server = server
        self._seen: list[dict[int, float]] = []
        self._looked = 0.0
        self.look()

    def look(self) -> None:
        """Take down what each process has, if the last time is long enough ago."""
        if time.monotonic() - self._looked >= _SECONDS:
            self._seen.append({pid: memory_mb([pid]) for pid in self._server.application.pids})
            self._looked = time.monotonic()

    def worker(self) -> list[tuple[str, float]]:
        """The most that the worker and what it started had, in MB, before, in the first and in the second half.

        The worker is the process that grew most; what wasn't there at first, it started.
        """
        first, later = self._seen[0], self._seen[1:] or self._seen
        growth = {pid: max(each.get(pid, 0.0) for each in later) - had for pid, had in first.items()}
        at_work = max(growth, key=lambda pid: growth[pid])
        most = [sum(had for pid, had in each.items() if pid == at_work or pid not in first) for each in later]
        half = max(1, len(most) // 2)
        return [("before", first[at_work]), ("first half", max(most[:half])), ("second half", max(most[half:] or most))]
