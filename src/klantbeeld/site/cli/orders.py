"""What the launcher wants of the host process."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Serving:
    """Where to answer, and with how many processes."""

    host: str
    port: int
    live_port: int
    workers: int


@dataclass(frozen=True)
class Orders:
    """What the host is to do."""

    data: str
    demo: bool
    base_url: str
    serving: Serving

    def to_json(self) -> str:
        """The orders as one argument of a command."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Orders":
        """The orders that `to_json` wrote."""
        values = json.loads(text)
        return cls(**{**values, "serving": Serving(**values["serving"])})
