"""What is wrong with a formula."""

from klantbeeld.platform.kernel.errors import Text


class BadFormula(Exception):
    """A formula that can't be read or worked out. `place` is the character at which it goes wrong, from 0."""

    def __init__(self, place: int, message: Text) -> None:
        super().__init__(place, message)
        self.place = place
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
