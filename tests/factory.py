"""Rows for tests that are about any table."""

import datetime
import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


def make(model: type[models.Model], **given: Any) -> Any:
    """A row with whatever its columns demand, and the rows that it needs, in the current scope."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.name in given or field.primary_key or field.has_default() or field.null or field.name == "tenant":
            continue
        values[field.name] = value_for(field)
    return model._base_manager.create(**values, **given)


def value_for(field: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return make(field.related_model)
    if field.name == "currency":
        return "EUR"
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, ArrayField):
        return []
    if isinstance(field, models.DateTimeField):
        return datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    if isinstance(field, models.DateField):
        return datetime.date(2026, 11, 22)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.IntegerField | models.DecimalField):
        return 1
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.BinaryField):
        return uuid.uuid4().bytes
    if isinstance(field, models.EmailField):
        return f"{uuid.uuid4()}@example.org"
    return uuid.uuid4().hex[: field.max_length or 32]
