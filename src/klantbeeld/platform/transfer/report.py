"""What an import came to: numbers, and each kind of problem with examples."""

import re
from collections.abc import Mapping
from typing import Any

from klantbeeld.platform.records.bulk import Refusal
from klantbeeld.platform.records.bulk.merging import Outcome

KINDS = 100
EXAMPLES = 5
_QUOTED = re.compile("“[^”]*”")
COUNTS = ("created", "changed", "left", "refused")


class Report:
    """Adds up. `data` is JSON: the counts and `problems`, a list of `{"field", "text", "count", "examples"}`."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        self.data: dict[str, Any] = dict.fromkeys(COUNTS, 0) | {"problems": []} | dict(data or {})
        self._kinds = {(each["field"], each["kind"]): each for each in self.data["problems"]}

    def add(self, outcome: Outcome) -> None:
        """Count a batch."""
        self.data["created"] += outcome.created
        self.data["changed"] += outcome.changed
        self.data["left"] += outcome.left
        self.data["refused"] += len(outcome.refused)
        for refusal in outcome.refused:
            for name, texts in refusal.errors.items():
                for text in texts:
                    self._problem(name, text, refusal)

    def _problem(self, name: str, text: str, refusal: Refusal) -> None:
        # One kind of problem with many values is one line of the report.
        kind = _QUOTED.sub("“…”", text)
        found = self._kinds.get((name, kind))
        if found is None:
            if len(self._kinds) >= KINDS:
                return
            found = self._kinds[name, kind] = {"field": name, "kind": kind, "text": text, "count": 0, "examples": []}
            self.data["problems"].append(found)
        found["count"] += 1
        if len(found["examples"]) < EXAMPLES:
            found["examples"].append({"row": refusal.number, "text": text})
