"""Own fields that point to a record or a colleague: ids in the JSON of a record, without a foreign key.

What such an id points to may be gone, or the key may have been another field's before. Then there is no name, as there
is none for a record that the reader may not see.
"""

from typing import Any

from django.db.models import Case, CharField, Func, OuterRef, QuerySet, Subquery, TextField, UUIDField, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import Regex

from klantbeeld.platform.records.fields import RecordField

_ID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


def text_of(linked: RecordField, rows: "QuerySet[Any]", name: str) -> Subquery:
    """An expression for the column `name` of the one of `rows` that an own link points to; NULL when it is none."""
    stored = Func(
        OuterRef("custom"),
        Value(linked.path),
        template="(%(expressions)s)",
        arg_joiner=" ->> ",
        output_field=TextField(),
    )
    # Only what looks like an id is made one: anything else would end the query.
    key = Case(When(Regex(stored, Value(_ID)), then=Cast(stored, UUIDField())), output_field=UUIDField())
    return Subquery(rows.filter(pk=key).order_by().values(name)[:1], output_field=CharField())
