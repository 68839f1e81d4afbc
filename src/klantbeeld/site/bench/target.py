"""What is measured, and what it should come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from klantbeeld.site.bench.bare import Statement


@dataclass(frozen=True)
class Target:
    """Requests that are asked for in turn and measured as one thing.

    `floor_ms` is the slowest p50 with one client that will do, `floor_rate` the fewest requests per second with four;
    None where nothing is asked. `bare` gives the SQL of each request.
    """

    name: str
    requests: Sequence[bytes]
    bare: Callable[[], Sequence[Sequence[Statement]]] = field(default=lambda: ())
    floor_ms: float | None = None
    floor_rate: float | None = None
    status: int = 200
