"""What others use of collaboration: putting it on the records of an installation, and what it has for one's day."""

from collections.abc import Sequence

from klantbeeld.platform.collaboration.handlers import listen
from klantbeeld.platform.collaboration.panels import add_panels
from klantbeeld.platform.records.record_type import RecordType

__all__ = ["put_on"]


def put_on(record_types: Sequence[RecordType]) -> None:
    """Let records of these types be talked about and followed; called once, at start-up, when all types are known."""
    add_panels(record_types)
    listen(record_types)
