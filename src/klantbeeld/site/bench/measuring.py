"""Measuring a target: with one client in turn with the bare SQL, and with four clients at once."""

from dataclasses import dataclass

from klantbeeld.site.bench.bare import BareConnection
from klantbeeld.site.bench.clients import Clients, Times
from klantbeeld.site.bench.processes import cpu_seconds
from klantbeeld.site.bench.server import Running
from klantbeeld.site.bench.target import Target

MANY = 4
_WARM_UP = 25
_ROUNDS = 5
_ROUND_SECONDS = 0.4
_TOGETHER_SECONDS = 2.5


@dataclass(frozen=True)
class Figures:
    """What was seen of a target: times of one client and of four, of the bare SQL, and processor time per request.

    `bare` is empty where there is no one query to compare with.
    """

    target: Target
    alone: Times
    together: Times
    bare: Times
    cpu_ms: float

    @property
    def ratio(self) -> float | None:
        """How many times as long as the bare SQL a request takes, by their medians."""
        if not self.bare.each:
            return None
        return self.alone.percentile(0.5) / self.bare.percentile(0.5)

    @property
    def is_within(self) -> bool | None:
        """Whether the floors are met; None where there are none."""
        target = self.target
        if target.floor_ms is None and target.floor_rate is None:
            return None
        fast = target.floor_ms is None or self.alone.percentile(0.5) <= target.floor_ms
        return fast and (target.floor_rate is None or self.together.rate >= target.floor_rate)


def measure(target: Target, clients: Clients, server: Running, bare: BareConnection) -> Figures:
    """Measure one target. Raises WrongAnswer when the server answers otherwise than it should."""
    requests, status = target.requests, target.status
    clients.ask(requests, status, MANY, seconds=10, most=_WARM_UP)
    groups = target.bare()
    alone, queried = Times(), Times()
    for turn in range(_ROUNDS):
        part = clients.ask(requests, status, 1, _ROUND_SECONDS)
        alone.each += part.each
        alone.span += part.span
        if groups:
            queried.each += bare.ask(groups, turn * 31, _ROUND_SECONDS)
    before = cpu_seconds(server.pids)
    together = clients.ask(requests, status, MANY, _TOGETHER_SECONDS)
    cpu = 1000 * (cpu_seconds(server.pids) - before) / max(1, len(together.each))
    return Figures(target, alone, together, queried, cpu)
