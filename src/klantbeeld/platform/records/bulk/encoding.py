"""Values as the text format of COPY wants them."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

NULL = "\x01"
"""Stands for NULL. Kept text has no control characters, so that it can't be mistaken for a value."""

COPY_OPTIONS = f"(FORMAT text, NULL '{NULL}')"

Encoder = Callable[[Any], str]


def encoder_of(column: "models.Field[Any, Any]") -> Encoder | None:
    """How a column's values are written; None for text that is never missing, which is written as it is."""
    if isinstance(column, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False)
    if isinstance(column, ArrayField):
        return _array
    if isinstance(column, models.CharField | models.TextField) and not column.null:
        return None
    return _scalar


def _scalar(value: Any) -> str:
    return NULL if value is None else str(value)


def _array(value: Sequence[str]) -> str:
    return "{" + ",".join('"' + each.replace("\\", "\\\\").replace('"', '\\"') + '"' for each in value) + "}"


def line(parts: list[str]) -> str:
    """One row, its line end included."""
    text = "\t".join(parts)
    # Nearly all rows have nothing to escape, and looking at the whole is cheaper than at each part.
    if "\\" in text or "\n" in text or "\r" in text or text.count("\t") >= len(parts):
        text = "\t".join(map(_escaped, parts))
    return text + "\n"


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
