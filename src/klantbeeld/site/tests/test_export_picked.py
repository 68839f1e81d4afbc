"""Exporting the records that were picked in a list."""

from klantbeeld.platform.jobs.public import run_here
from klantbeeld.platform.transfer.models import Export


def test_only_the_picked_records_are_exported(cast, make, files):
    made = [make(cast.alice, "customers", name=name) for name in ("Els", "Jan", "Fatima")]
    client = cast.client("alice")
    answer = client.post("/bulk/customers/do/export", {"ids": [str(made[0].pk), str(made[2].pk)]})
    export = Export.objects.get()
    assert answer["Location"] == f"/export/{export.id}/"
    run_here(export.job)
    assert Export.objects.get().rows == 2


def test_all_that_match_are_exported_by_their_condition(cast, make, files):
    make(cast.alice, "customers", name="Els", city="Epe")
    make(cast.alice, "customers", name="Jan", city="Utrecht")
    where = '{"field": "city", "op": "is", "value": "Epe"}'
    cast.client("alice").post("/bulk/customers/do/export", {"every": "1", "where": where})
    export = Export.objects.get()
    run_here(export.job)
    assert Export.objects.get().rows == 1


def test_who_may_not_export_is_not_offered_it(cast, make):
    one = make(cast.bob, "customers", name="Els")
    assert cast.client("bob").post("/bulk/customers/do/export", {"ids": [str(one.pk)]}).status_code == 404
    assert "do/export" not in cast.client("bob").get("/customers/").content.decode()
