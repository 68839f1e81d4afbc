"""What `doctor` finds: one finding per question, in words that say what to mend."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """How serious a finding is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """The answer to one question; `mend` says what to do unless all is well."""

    level: Level
    about: str
    found: str
    mend: str = ""

    def line(self) -> str:
        """For a person at a terminal."""
        text = f"{self.level:<4}  {self.about:<12} {self.found}"
        return f"{text}\n{'':<19}{self.mend}" if self.mend else text


def as_json(findings: Iterable[Finding]) -> str:
    """For a program."""
    return json.dumps([asdict(finding) for finding in findings])
