"""What came of a bulk change, or of some of its records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

NAMED = 100
"""So many of the records that were refused, or left alone, are named."""
_REASONS = 20


@dataclass
class Outcome:
    """What came of some records: which were changed, how many had it so, could not be touched (`barred`) or are no
    longer there (`gone`), and which were refused, with the reason."""

    changed: list[UUID] = field(default_factory=list)
    same: int = 0
    barred: int = 0
    gone: int = 0
    refused: list[tuple[UUID, str]] = field(default_factory=list)


class Report:
    """What has come of a bulk change so far, as JSON in `data`: counts, reasons with theirs, and the first that were
    refused by id."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        empty: dict[str, Any] = {"changed": 0, "same": 0, "barred": 0, "gone": 0, "refused": 0}
        self.data: dict[str, Any] = empty | {"reasons": {}, "named": []} | dict(data or {})

    def add(self, outcome: Outcome) -> None:
        """Count what came of some more records."""
        for name in ("same", "barred", "gone"):
            self.data[name] += getattr(outcome, name)
        self.data["changed"] += len(outcome.changed)
        self.data["refused"] += len(outcome.refused)
        reasons, named = self.data["reasons"], self.data["named"]
        for record_id, reason in outcome.refused:
            if reason in reasons or len(reasons) < _REASONS:
                reasons[reason] = reasons.get(reason, 0) + 1
            if len(named) < NAMED:
                named.append([str(record_id), reason])
