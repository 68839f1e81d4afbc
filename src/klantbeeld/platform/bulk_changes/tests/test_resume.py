"""Changes that are cut off go on where they were: each record once."""

import pytest

from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.bulk_changes import running, starting, undoing
from klantbeeld.platform.bulk_changes.applying import Applier
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.bulk_changes.tests.conftest import stored
from klantbeeld.platform.jobs.progress import Overtaken, Progress
from klantbeeld.platform.jobs.public import JobState, cancel, go_on, prepare, run_here
from klantbeeld.platform.records.registry import registry

CUSTOMERS = registry.get("customers").model


class Killed(BaseException):
    """The process is gone: nobody catches this."""


@pytest.fixture
def begun(cast, make, monkeypatch):
    """A change of five customers, two at a time, whose process dies in the second batch after having written it."""
    for name in ("Els", "Jan", "Fatima", "Bo", "Kim"):
        make(cast.alice, "customers", name=name, city="Utrecht")
    for module in (running, undoing):
        monkeypatch.setattr(module, "AT_ONCE", 2)
    change = stored(
        cast.alice, "customers", condition={"field": "city", "op": "is", "value": "Utrecht"}, field="city", value="Epe"
    )
    change.job = prepare(cast.alice, "bulk change", "x", {"change": str(change.id), "here": True})
    change.save()
    whole = Applier.apply

    def apply(self, places):
        outcome = whole(self, places)
        if places[0][0] == 2:
            raise Killed
        return outcome

    monkeypatch.setattr(Applier, "apply", apply)
    with pytest.raises(Killed):
        starting.begin(change)
    monkeypatch.setattr(Applier, "apply", whole)
    return change


def test_what_was_half_done_is_done_again_and_the_rest_follows(cast, begun):
    assert CUSTOMERS.objects.filter(city="Epe").count() == 2
    begun.job.refresh_from_db()
    assert (begun.job.state, begun.job.done) == ("running", 2)
    run_here(begun.job)
    done = BulkChange.objects.get(id=begun.id)
    assert done.report["changed"] == 5
    assert CUSTOMERS.objects.filter(city="Epe").count() == 5
    assert Change.objects.filter(origin=done.origin, action="change").count() == 5


def test_two_runs_of_one_job_do_it_once(cast, begun):
    first = Progress(begun.job.__class__.objects.get(id=begun.job_id))
    second = Progress(begun.job.__class__.objects.get(id=begun.job_id))
    running.run_bulk_change(first)
    with pytest.raises(Overtaken):
        running.run_bulk_change(second)
    assert Change.objects.filter(table="customers_customer", action="change").count() == 5


def test_one_that_was_stopped_can_be_undone_or_go_on(cast, begun, undo):
    cancel(begun.job)
    begun.job.refresh_from_db()
    assert begun.job.state == JobState.CANCELLED
    assert "Go on with the rest" in cast.client("alice").get(f"/bulk/{begun.id}/").content.decode()
    assert undo(cast.alice, begun)["restored"] == 2
    assert CUSTOMERS.objects.filter(city="Utrecht").count() == 5
    assert go_on(begun.job)
