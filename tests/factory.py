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


BY_TYPE = (
    (ArrayField, lambda field: []),
    (models.DateTimeField, lambda field: datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)),
    (models.DateField, lambda field: datetime.date(2026, 11, 22)),
    (models.UUIDField, lambda field: uuid.uuid4()),
    (models.IntegerField, lambda field: 1),
    (models.DecimalField, lambda field: 1),
    (models.FloatField, lambda field: 1.0),
    (models.JSONField, lambda field: {}),
    (models.BinaryField, lambda field: uuid.uuid4().bytes),
    (models.EmailField, lambda field: f"{uuid.uuid4()}@example.org"),
    (models.Field, lambda field: uuid.uuid4().hex[: field.max_length or 32]),
)


def value_for(field: Any) -> Any:
    """Something that the column takes."""
    if isinstance(field, models.ForeignKey):
        return make(field.related_model)
    if field.name == "currency":
        return "EUR"
    if field.choices:
        return field.choices[0][0]
    return next(make_value(field) for kind, make_value in BY_TYPE if isinstance(field, kind))
