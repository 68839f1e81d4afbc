"""How typed values stand in a JSONB column of tenant-defined fields, so that they compare as they should.

Text, choices, users and links are strings; numbers and money are JSON numbers, never strings; booleans are booleans;
several choices are an array of strings; a date is "2026-03-31" and a moment "2026-03-31T10:00:00.000000Z", in UTC and
of fixed width, so that the order of the strings is the order in time.
"""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID


def stored_json(value: str | Decimal | date | datetime | bool | UUID | list[str]) -> str:
    """Return the JSON text of a typed value as it is stored under its key."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")  # 2, not 2.0: Python would read that as a float
    if isinstance(value, datetime):
        return json.dumps(value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"))
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    if isinstance(value, UUID):
        return json.dumps(str(value))
    return json.dumps(value)
