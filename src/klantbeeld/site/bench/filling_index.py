"""Filling the search index of the generated organisation."""

from uuid import UUID

from django.db import connections, transaction

from klantbeeld.commerce.models import Order
from klantbeeld.customers.models import Customer
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.models import Entry, Word
from klantbeeld.platform.search.public import index
from klantbeeld.site.bench.copying import OWNER, analyse, indexes_of

_BATCH = 20_000


def fill_index() -> None:
    """Index every customer and order of the current tenant. The index's own indexes are made afterwards."""
    table = Entry._meta.db_table
    definitions = indexes_of(table)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(f'TRUNCATE "{table}", "{Word._meta.db_table}"')
        for name, _definition in definitions:
            cursor.execute(f"DROP INDEX {name}")
    for slug, model in (("customers", Customer), ("orders", Order)):
        last = UUID(int=0)
        while ids := list(model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
            with transaction.atomic():
                index(registry.get(slug), ids)
            last = ids[-1]
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in definitions:
            cursor.execute(definition)
    analyse(table, Word._meta.db_table)
