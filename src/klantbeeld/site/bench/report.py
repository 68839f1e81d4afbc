"""What was measured, as a table for people and as JSON for programs."""

import os
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from klantbeeld.site.bench.measuring import Figures

MEMORY_FLOOR_MB = 400
_COLUMNS = (
    f"{'':24}{'1 client':>16}{'4 clients':>24}{'CPU':>8}{'SQL':>8}{'x SQL':>8}  floor",
    f"{'':24}{'p50':>8}{'p95':>8}{'p50':>8}{'p95':>8}{'req/s':>8}{'ms':>8}{'p50':>8}",
)


@dataclass(frozen=True)
class Single:
    """Something that was measured once: seconds or megabytes, and the most that will do."""

    name: str
    value: float
    unit: str
    floor: float | None = None

    @property
    def is_within(self) -> bool | None:
        """Whether the floor is met; None where there is none."""
        return None if self.floor is None else self.value <= self.floor


def heading(tell: Callable[[str], object]) -> None:
    """Print the head of the table."""
    for line in _COLUMNS:
        tell(line)


def line(figures: Figures) -> str:
    """A target as a line of the table. Times are in milliseconds."""
    times = [figures.alone.percentile(0.5), figures.alone.percentile(0.95)]
    times += [figures.together.percentile(0.5), figures.together.percentile(0.95)]
    bare = f"{figures.bare.percentile(0.5):8.2f}" if figures.bare.each else f"{'':8}"
    ratio = f"{figures.ratio:8.1f}" if figures.ratio else f"{'':8}"
    floors = [f"{figures.target.floor_ms:g} ms" if figures.target.floor_ms else ""]
    floors += [f"{figures.target.floor_rate:g}/s" if figures.target.floor_rate else ""]
    shown = "".join(f"{each:8.2f}" for each in times)
    return (
        f"{figures.target.name:24}{shown}{figures.together.rate:8.0f}{figures.cpu_ms:8.2f}{bare}{ratio}"
        f"  {_mark(figures.is_within)}{', '.join(filter(None, floors))}"
    )


def single_line(single: Single) -> str:
    """What was measured once as a line below the table."""
    floor = f"{single.floor:g} {single.unit}" if single.floor is not None else ""
    return f"{single.name:48}{single.value:10.2f} {single.unit:4} {_mark(single.is_within)}{floor}"


def as_json(scale: float, figures: Iterable[Figures], singles: Iterable[Single], about: Mapping[str, Any]) -> Any:
    """Everything for programs: milliseconds, requests per second, seconds and megabytes."""
    return {
        "scale": scale,
        "machine": {"cpus": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()},
        **about,
        "requests": [_target_json(each) for each in figures],
        "once": [vars(each) | {"within": each.is_within} for each in singles],
    }


def _target_json(figures: Figures) -> dict[str, Any]:
    made: dict[str, Any] = {"name": figures.target.name, "within": figures.is_within}
    for name, times in (("alone", figures.alone), ("together", figures.together), ("bare_sql", figures.bare)):
        if times.each:
            made[name] = {
                "p50_ms": round(times.percentile(0.5), 3),
                "p95_ms": round(times.percentile(0.95), 3),
                "requests": len(times.each),
            }
    made |= {"requests_per_second": round(figures.together.rate, 1), "cpu_ms": round(figures.cpu_ms, 3)}
    made |= {"floor_ms": figures.target.floor_ms, "floor_per_second": figures.target.floor_rate}
    made["times_bare_sql"] = round(figures.ratio, 2) if figures.ratio else None
    return made


def _mark(within: bool | None) -> str:
    return {None: "", True: "ok     ", False: "short  "}[within]
