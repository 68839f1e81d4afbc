"""What can be wrong with a file, a column or a value: each with a code for programs and a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.text import format_lazy

from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.transfer.reading.wording import REFUSALS, WARNINGS, sentence


class FileRefused(Refused):
    """The file as a whole can't be read. `reason` is a key of `wording.REFUSALS`, `params` fill its sentence."""

    code = "file_refused"

    def __init__(self, reason: str, **params: object) -> None:
        self.reason = reason
        self.params = params
        super().__init__(format_lazy(REFUSALS[reason], **params))


class CannotRead(ValueError):
    """A value is not what its column should hold. `message` says why, in the active language."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class Warning:
    """Something in the file that was probably damaged before it reached us.

    `column` is the column's name, empty when it concerns the whole file. `count` is the number of values seen,
    `examples` are up to five of them as they stand in the file.
    """

    column: str
    code: str
    count: int = 0
    examples: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What was noticed and what to check, in the active language."""
        return sentence(WARNINGS[self.code], {"column": self.column, "count": self.count, **self.params})

    def to_json(self) -> dict[str, object]:
        """The warning as JSON-able values; `from_json` reads them back."""
        return {
            "column": self.column,
            "code": self.code,
            "count": self.count,
            "examples": list(self.examples),
            "params": dict(self.params),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Warning":
        """The warning that `to_json` wrote."""
        examples, params, count = data["examples"], data["params"], data["count"]
        if not (isinstance(examples, list) and isinstance(params, dict) and isinstance(count, int)):
            raise TypeError("not a stored warning")
        return cls(str(data["column"]), str(data["code"]), count, tuple(map(str, examples)), params)
