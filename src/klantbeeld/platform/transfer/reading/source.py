"""What was found out about a file before it is read."""

from dataclasses import dataclass, field

from klantbeeld.platform.transfer.reading.dialect import Dialect, Kind
from klantbeeld.platform.transfer.reading.errors import Warning
from klantbeeld.platform.transfer.reading.workbooks import Sheet


@dataclass(frozen=True)
class Guess:
    """One setting as guessed. `confidence` runs from 0 to 1; `alternatives` are worth offering, likeliest first."""

    value: str | int | bool
    confidence: float
    alternatives: tuple[str | int | bool, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        """Whether a person should be asked."""
        return self.confidence < 0.75 and bool(self.alternatives)


@dataclass(frozen=True)
class Source:
    """A readable file: `dialect` holds all guesses together, `guesses` says of each setting how sure we are.

    `sheets` is filled for workbooks. `warnings` concern the file as a whole.
    """

    kind: Kind
    dialect: Dialect
    guesses: dict[str, Guess] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    warnings: tuple[Warning, ...] = ()
