"""Tables that exist only while these tests run."""

# ruff: noqa: DJ008 - nobody reads these rows

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Company(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    place = models.TextField(null=True)

    class Meta:
        app_label = "conditions_tests"


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    city = models.TextField(null=True)
    notes = models.TextField(default="")
    score = models.IntegerField(null=True)
    worth = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    born = models.DateField(null=True)
    seen = models.DateTimeField(null=True)
    active = models.BooleanField(null=True)
    stage = models.CharField(max_length=20, null=True)
    tags = ArrayField(models.CharField(max_length=20), null=True)
    owner_id = models.UUIDField(null=True)
    company = models.ForeignKey(Company, models.CASCADE, null=True, db_constraint=False)
    custom = models.JSONField(default=dict)

    class Meta:
        app_label = "conditions_tests"


class Purchase(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.CASCADE, related_name="purchases", db_constraint=False)
    total = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    paid_on = models.DateField(null=True)
    custom = models.JSONField(default=dict)

    class Meta:
        app_label = "conditions_tests"


class Line(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="lines", db_constraint=False)
    product = models.TextField(null=True)

    class Meta:
        app_label = "conditions_tests"


MODELS = (Company, Person, Purchase, Line)
