"""Own fields that point to a record or a colleague: ids in the JSON of a record, without a foreign key.

What such an id points to may be gone, or the key may have been another field's before. Then there is no name, as there
is none for a record that the reader may not see.
"""

from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery

from klantbeeld.platform.conditions.own_ids import OWN, id_under
from klantbeeld.platform.records.fields import RecordField


def text_of(linked: RecordField, rows: "QuerySet[Any]", name: str) -> Subquery:
    """An expression for the column `name` of the one of `rows` that an own link points to; NULL when it is none."""
    pointed = rows.filter(pk=id_under(linked.path, OuterRef(OWN)))
    return Subquery(pointed.order_by().values(name)[:1], output_field=CharField())
