"""Text as a spreadsheet must not take it for a formula."""

from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: Any) -> Any:
    """The value, text that would start a formula behind an apostrophe. Numbers stay numbers.

    The importer takes the apostrophe off again. Text that has it by itself gets one more, so that it comes back whole.
    """
    if isinstance(value, str) and value.startswith(STARTS):
        return "'" + value
    if isinstance(value, str) and value.startswith("'") and value.lstrip("'").startswith(STARTS):
        return "'" + value
    return value


def restored(text: str) -> str:
    """What `defused` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text
