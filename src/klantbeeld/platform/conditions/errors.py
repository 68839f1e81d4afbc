"""What can be wrong with a condition."""


class UnknownField(LookupError):
    """There is no field or relation of this name for this actor. Hidden and missing are never told apart.

    `name` is the name that was asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class BadCondition(ValueError):
    """A condition that can't be used.

    `path` is a JSON Pointer (RFC 6901) to the offending part, "" for the whole; `message` is for people, in the
    language that was active when the error was raised.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or '/'}: {message}")
        self.path = path
        self.message = message
