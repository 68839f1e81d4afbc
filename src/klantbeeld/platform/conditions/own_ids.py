"""Own fields that hold the id of another record: without a foreign key, as text in the JSONB column."""

from typing import Any

from django.db.models import Case, F, Func, JSONField, Q, TextField, UUIDField, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, Regex

OWN = "custom"
_ID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


def id_under(key: str, column: Any = None) -> Case:
    """The id that stands under `key`, NULL when there is none: what isn't an id would end the query as one.

    `column` is the JSONB column when it isn't that of the row itself, such as `OuterRef("custom")`.
    """
    text = _element("->>", key, column, TextField())
    return Case(When(Regex(text, Value(_ID)), then=Cast(text, UUIDField())), output_field=UUIDField())


def points_to(link: str, own: bool, record_id: Any) -> Q:
    """Rows whose link is `record_id` (an expression): a foreign key, or with `own` the id under that key, as the index
    over the key compares."""
    if not own:
        return Q(**{link: record_id})
    as_json = Func(Cast(record_id, TextField()), function="to_jsonb", output_field=JSONField())
    return Q(Exact(_element("->", link, None, JSONField()), as_json))


def _element(sign: str, key: str, column: Any, output: Any) -> Func:
    return Func(column or F(OWN), Value(key), template="(%(expressions)s)", arg_joiner=f" {sign} ", output_field=output)
