"""Values that a deleted field left in the records."""

from collections.abc import Collection
from typing import Any

from django.db.models.fields.json import KeyTransform

from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.own_values import fits
from klantbeeld.platform.records.record_type import RecordType

LONGEST_TEXT = 255


def has_stray_values(record_type: RecordType, key: str, kind: Kind, choices: Collection[str]) -> bool:
    """Whether a record of the current organisation has a value under `key` that a field of this kind can't hold."""
    rows = record_type.stored().filter(custom__has_key=key)
    left = rows.order_by().annotate(left=KeyTransform(key, "custom")).values_list("left", flat=True).distinct()
    return any(value is not None and not _holds(kind, choices, value) for value in left.iterator())


def _holds(kind: Kind, choices: Collection[str], value: Any) -> bool:
    if not fits(kind, value):
        return False
    if kind is Kind.TEXT:
        return len(value) <= LONGEST_TEXT
    if kind in {Kind.CHOICE, Kind.MULTI_CHOICE}:
        return {*([value] if kind is Kind.CHOICE else value)} <= {*choices}
    return True
