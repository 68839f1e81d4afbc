"""The short way to dictionaries gives what the long way gives."""

from django.db.models import F

from klantbeeld.platform.records.columns import dictionaries
from klantbeeld.platform.records.registry import registry


def test_rows_are_what_values_gives_whatever_is_done_to_them(cast):
    customers = registry.get("customers")
    for number in range(3):
        customers.writer(customers, cast.alice).create({"name": f"Klant {number}", "city": "Utrecht"})
    customers.model.objects.update(custom={"budget": 1.5})
    names = ("id", "sort_name", "owner_id", "revenue", "created_at", "custom", "birth_date")
    further = {"owner__label": F("owner__name")}
    for change in (
        lambda rows: rows.order_by("-sort_name"),
        lambda rows: rows.filter(sort_name__gt="0").order_by(F("sort_name").asc(), "id")[:1],
        lambda rows: rows.filter(owner__name="Alice", orders__isnull=True).order_by("id"),
    ):
        short = change(dictionaries(customers.rows(cast.alice), names, further))
        long = change(customers.rows(cast.alice).values(*names, **further))
        assert list(short) == list(long)
        assert short.first() == long.first()
        assert len(long) > 0
