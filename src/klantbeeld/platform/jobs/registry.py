"""The kinds of long work: a closed registry that refuses duplicates."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klantbeeld.platform.jobs.progress import Progress

Work = Callable[["Progress"], None]
_kinds: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind.

    It gets a `Progress`, runs in the scope of the tenant and the member who asked, and may be run again from its
    checkpoint after a crash: what it does must be safe to repeat. Raises ValueError when the kind is taken.
    """

    def register(work: Work) -> Work:
        if kind in _kinds:
            raise ValueError(f"There is a job of the kind {kind!r} already.")
        _kinds[kind] = work
        return work

    return register


def work_of(kind: str) -> Work:
    """The function for a kind. Raises KeyError."""
    return _kinds[kind]
