"""Two runs of one job: one does it, the other does no harm."""

import threading

import psycopg
import pytest
from django.conf import settings

from klantbeeld.platform.jobs.fence import StillRunning, alone
from klantbeeld.platform.jobs.progress import Overtaken
from klantbeeld.platform.jobs.public import Job, JobState, cancel, go_on, job, prepare, run_here, start
from klantbeeld.platform.jobs.tests.test_jobs import do, kinds  # noqa: F401 - a fixture


@pytest.fixture
def other():
    """A connection of somebody else to the same database."""
    owner = settings.DATABASES["owner"]
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"], dbname=owner["NAME"]
    ) as connection:
        yield connection


def test_a_job_that_somebody_is_at_is_left_for_later(cast, kinds, other):  # noqa: F811
    runs = []
    job("test")(lambda progress: runs.append(1))
    made = prepare(cast.bob, "test", "x", {})
    key = f"klantbeeld job {made.id}"
    other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
    with pytest.raises(StillRunning):
        run_here(made, patience_seconds=0)
    assert runs == []
    other.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
    run_here(made)
    assert runs == [1]


def test_who_runs_a_job_at_hand_waits_for_the_one_before_to_be_gone(cast, kinds, other):  # noqa: F811
    runs = []
    job("test")(lambda progress: runs.append(1))
    made = prepare(cast.bob, "test", "x", {})
    other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"klantbeeld job {made.id}"])
    leaving = threading.Timer(0.3, other.close)
    leaving.start()
    run_here(made)
    leaving.join()
    assert runs == [1]


def test_the_place_is_free_again_afterwards(cast, other):
    with alone("x"):
        pass
    free = other.execute("SELECT pg_try_advisory_lock(hashtextextended('klantbeeld job x', 0))").fetchone()
    assert free == (True,)


def test_a_run_whose_checkpoint_another_has_moved_stops_and_stores_nothing(cast, kinds):  # noqa: F811
    reached = []

    @job("test")
    def work(progress):
        progress.report(1, checkpoint={"row": 1})
        Job.objects.filter(id=progress.job.id).update(checkpoint={"row": 9})
        with pytest.raises(Overtaken):
            progress.report(2, checkpoint={"row": 2})
        reached.append(True)
        raise Overtaken

    made = do(start(cast.bob, "test", "x", {}))
    assert reached
    assert (made.state, made.checkpoint, made.done) == (JobState.RUNNING, {"row": 9}, 1)


def test_a_checkpoint_that_grows_in_place_is_still_the_same_run(cast, kinds):  # noqa: F811
    @job("test")
    def work(progress):
        counts = {"rows": 0}
        for number in (1, 2, 3):
            counts["rows"] = number
            progress.report(number, checkpoint=counts)

    made = do(start(cast.bob, "test", "x", {}))
    assert (made.state, made.checkpoint) == (JobState.DONE, {"rows": 3})


def test_a_cancel_at_the_last_moment_is_not_overwritten(cast, kinds):  # noqa: F811
    job("test")(lambda progress: cancel(progress.job))
    assert do(start(cast.bob, "test", "x", {})).state == JobState.CANCELLED


def test_a_cancel_between_the_look_and_the_start_is_not_overwritten(cast, kinds, monkeypatch):  # noqa: F811
    runs = []
    job("test")(lambda progress: runs.append(1))
    made = start(cast.bob, "test", "x", {})
    monkeypatch.setattr(
        "klantbeeld.platform.jobs.tasks._language", lambda found, tenant: cancel(found) or tenant.language
    )
    assert (do(made).state, runs) == (JobState.CANCELLED, [])


def test_a_job_that_failed_can_be_taken_up_again_and_no_other(cast, kinds):  # noqa: F811
    seen = []

    @job("test")
    def work(progress):
        seen.append(dict(progress.job.checkpoint))
        progress.report(1, checkpoint={"row": 1})
        if len(seen) == 1:
            raise ZeroDivisionError

    made = do(start(cast.bob, "test", "x", {}))
    assert made.state == JobState.FAILED
    assert go_on(made)
    made.refresh_from_db()
    assert (made.state, made.error, made.ended_at) == (JobState.WAITING, "", None)
    made = do(made)
    assert (made.state, seen) == (JobState.DONE, [{}, {"row": 1}])
    assert not go_on(made)
