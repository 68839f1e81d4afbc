"""Taking a change back."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factory import make

from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.undo import last_change, undo

MOMENT = datetime(2026, 3, 1, 10, 0, 0, 120_000, tzinfo=UTC)


def changed(cast, slug, **values):
    record_type = registry.get(slug)
    row = make(record_type.model)
    record_type.writer(record_type, cast.alice).change(row.pk, values)
    return record_type, row


@pytest.mark.parametrize(
    ("slug", "values"),
    [
        ("customers", {"city": "Delft", "birth_date": "1980-02-29", "stage": "former"}),
        ("products", {"price": "12.3400", "active": False}),
        ("tasks", {"done_at": MOMENT, "due_on": "2026-12-24"}),
        ("orders", {"placed_at": MOMENT + timedelta(days=1)}),
    ],
)
def test_what_a_change_replaced_comes_back(slug, values, cast):
    record_type, row = changed(cast, slug, **values)
    undo(cast.alice, record_type, row.pk, last_change(row.pk))
    again = record_type.model.objects.get(pk=row.pk)
    assert [getattr(again, name) for name in values] == [getattr(row, name) for name in values]


def test_a_value_that_was_changed_again_is_left_alone(cast):
    record_type, row = changed(cast, "customers", city="Delft")
    first = last_change(row.pk)
    record_type.writer(record_type, cast.alice).change(row.pk, {"city": "Gouda"})
    with pytest.raises(Refused):
        undo(cast.alice, record_type, row.pk, first)
    assert record_type.model.objects.get(pk=row.pk).city == "Gouda"


def test_a_change_of_another_record_is_not_found(cast):
    record_type, row = changed(cast, "customers", city="Delft")
    other = Change.objects.exclude(record_id=row.pk).first()
    with pytest.raises(NotFoundHere):
        undo(cast.alice, record_type, row.pk, other.id)
