"""What the rules for each kind of identifier give back, or why they can't."""

from typing import NamedTuple

from klantbeeld.platform.kernel.errors import Text


class Normalised(NamedTuple):
    """An identifier in the one spelling it is matched by, and as it is shown."""

    value: str
    shown: str


class Unacceptable(Exception):
    """A text that is not an identifier of the kind asked for; `message` says what is wrong with it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message
