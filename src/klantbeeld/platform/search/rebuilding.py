"""Building the index of the current organisation anew, batch by batch."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.search.indexing import index
from klantbeeld.platform.search.models import Entry, Word
from klantbeeld.platform.search.searchable import searchable_types

_BATCH = 10_000


def rebuild(tell: Callable[[int], None] = lambda number: None) -> int:
    """Index every record of the current tenant; returns how many. `tell` gets the number so far after each batch.

    Words that no title has any more are forgotten. Each batch is a transaction of its own: stop and run it again at
    will.
    """
    number = 0
    with transaction.atomic():
        Word.objects.all().delete()
        Entry.objects.exclude(record_type__in=[each.slug for each in searchable_types()]).delete()
    for record_type in searchable_types():
        for ids in _batches(record_type):
            with transaction.atomic():
                # Taken out first, so that the words of titles that don't change are learnt again, too.
                _take_out(record_type, ids)
                index(record_type, ids)
            number += len(ids)
            tell(number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT klantbeeld_search_sort_in()")
    return number


def _take_out(record_type: RecordType, ids: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_entry"
            " WHERE id = ANY (ARRAY(SELECT klantbeeld_search_id(%s, each) FROM unnest(%s) each))",
            [record_type.slug, ids],
        )


def _batches(record_type: RecordType) -> Iterator[list[UUID]]:
    rows: Any = record_type.stored().order_by("pk").values_list("pk", flat=True)
    last = None
    while ids := list((rows if last is None else rows.filter(pk__gt=last))[:_BATCH]):
        yield ids
        last = ids[-1]
