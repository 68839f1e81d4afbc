"""Long work: done by a worker, with progress, and taken up again after a crash."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from klantbeeld.platform.jobs import registry
from klantbeeld.platform.jobs.public import Cancelled, Job, JobState, cancel, job, start
from klantbeeld.platform.jobs.tasks import run_job
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.tenancy.scope import Scope, current, entered


@pytest.fixture
def kinds() -> Iterator[None]:
    before = dict(registry._kinds)
    yield
    registry._kinds.clear()
    registry._kinds.update(before)


def do(made: Job) -> Job:
    with entered(None):
        run_job(tenant_id=str(made.tenant_id), job_id=str(made.id))
    made.refresh_from_db()
    return made


def test_a_job_runs_for_who_asked_and_says_how_far_it_is(cast, kinds):
    seen = []

    @job("test")
    def work(progress):
        seen.append(current())
        progress.report(3, 10, {"row": 3})
        progress.job.result = {"made": 3}

    made = do(start(cast.bob, "test", "Something long", {"a": 1}))
    assert seen == [Scope(cast.tenant.id, cast.bob.member_id, f"test {made.id}")]
    assert (made.state, made.done, made.total, made.result) == (JobState.DONE, 3, 10, {"made": 3})
    assert made.checkpoint == {"row": 3}


def test_what_a_person_caused_is_told_and_what_we_caused_is_not(cast, kinds):
    @job("refused")
    def refused(progress):
        raise Refused("The file is gone.")

    @job("broken")
    def broken(progress):
        raise ZeroDivisionError("secret detail")

    assert do(start(cast.bob, "refused", "x", {})).error == "The file is gone."
    failed = do(start(cast.bob, "broken", "x", {}))
    assert failed.state == JobState.FAILED
    assert "secret" not in failed.error


def test_a_cancelled_job_stops_at_its_next_report(cast, kinds):
    reached = []

    @job("test")
    def work(progress):
        progress.report(1)
        cancel(progress.job)
        with pytest.raises(Cancelled):
            progress.report(2)
        reached.append(True)
        raise Cancelled

    made = do(start(cast.bob, "test", "x", {}))
    assert reached
    assert made.state == JobState.CANCELLED


def test_a_job_that_ended_is_not_done_again(cast, kinds):
    runs = []
    job("test")(lambda progress: runs.append(1))
    made = do(start(cast.bob, "test", "x", {}))
    do(made)
    assert runs == [1]


def test_a_job_queued_in_a_transaction_that_failed_does_not_exist(cast, kinds):
    job("test")(lambda progress: None)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        start(cast.bob, "test", "x", {})
        raise ZeroDivisionError
    assert not Job.objects.exists()
    assert not ProcrastinateJob.objects.exists()
