"""Whether the database itself refuses a second record with the same key."""

from typing import Any

from django.db import models

from klantbeeld.platform.records.bulk.writer import BulkWriter


def is_guarded(bulk: BulkWriter, key: str) -> bool:
    """Whether the table itself refuses a second record with the same `key`, so that new rows need no look-up."""
    if not key or key == "id":
        return True
    if not bulk.finds_by_column(key):
        return False
    unique = [each for each in bulk.type.model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    return any(_names(each) == {"tenant", key} and _spares_only_blank(each, key) for each in unique)


def _names(constraint: models.UniqueConstraint) -> set[str]:
    columns: list[Any] = [each for each in constraint.expressions if isinstance(each, models.F)]
    return {*constraint.fields, *(each.name for each in columns)}


def _spares_only_blank(constraint: models.UniqueConstraint, key: str) -> bool:
    return constraint.condition is None or constraint.condition == ~models.Q(**{key: ""})
