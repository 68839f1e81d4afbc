"""Search keeps up with what is changed, deleted and brought back in bulk."""

import pytest

from klantbeeld.platform.bulk_changes.public import BulkChange, Selection, set_field, undo
from klantbeeld.platform.jobs.public import run_here
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.public import find


@pytest.fixture
def two(cast, make):
    return [make(cast.alice, "customers", name=name, city="Epe").pk for name in ("Els", "Jan")]


def found(actor, text):
    return {hit.id for hit in find(actor, text, 9)}


def test_a_new_value_is_found_and_the_former_one_again_after_undoing(cast, two):
    change = set_field(cast.alice, registry.get("customers"), Selection.picked(two), "city", "Stavoren")
    run_here(change.job)
    assert found(cast.alice, "stavoren") == set(two)
    undo(cast.alice, BulkChange.objects.select_related("job").get(id=change.id))
    assert found(cast.alice, "stavoren") == set()
    assert found(cast.alice, "epe") == set(two)


def test_what_is_deleted_is_not_found_until_it_is_back(cast, two):
    client = cast.client("alice")
    page = client.post("/bulk/customers/do/delete", {"ids": [str(two[0])]})["Location"]
    client.post(f"{page}run")
    assert found(cast.alice, "els") == set()
    client.post(f"{page}undo")
    assert found(cast.alice, "els") == {two[0]}
