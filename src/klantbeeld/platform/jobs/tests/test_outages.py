"""A database that goes away is waited for; the job goes on from its checkpoint."""

import psycopg
import pytest
from conftest import make_cast
from django.conf import settings
from django.db import OperationalError, connection, connections

from klantbeeld.platform.jobs import outage, tasks
from klantbeeld.platform.jobs.public import Job, JobState, job, prepare, run_here
from klantbeeld.platform.jobs.tests.test_jobs import kinds  # noqa: F401 - a fixture
from klantbeeld.platform.tenancy.scope import Scope, entered


def cut_off():
    """End our own connection from outside, as a server that goes down does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    owner = settings.DATABASES["owner"]
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"], dbname=owner["NAME"]
    ) as server:
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.fixture
def made(committing_db, kinds):  # noqa: F811
    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.bob.member_id, "web")):
        yield prepare(cast.bob, "test", "x", {})


def test_outages_are_survived_however_many_while_the_work_goes_on(made):
    begun = []

    @job("test")
    def work(progress):
        begun.append(int(progress.job.checkpoint.get("row", 0)))
        for row in range(begun[-1] + 1, 13):
            progress.report(row, checkpoint={"row": row})
            if row < 10:
                cut_off()
                progress.report(row, checkpoint={"row": row + 1})

    run_here(made)
    made.refresh_from_db()
    assert made.state == JobState.DONE
    assert begun == list(range(10))


def test_a_job_that_takes_the_database_down_each_time_ends_with_a_sentence(made):
    begun = []

    @job("test")
    def work(progress):
        begun.append(True)
        cut_off()
        progress.report(1)

    run_here(made)
    made.refresh_from_db()
    assert made.state == JobState.FAILED
    assert "database" in made.error
    assert len(begun) == tasks.FUTILE_ATTEMPTS


def test_an_outage_that_is_too_long_leaves_the_job_to_the_queue(made, monkeypatch):
    monkeypatch.setattr(outage, "AWAITED_SECONDS", 0.0)
    wrapper = type(connections["default"])
    reachable = wrapper.get_new_connection

    @job("test")
    def work(progress):
        cut_off()
        monkeypatch.setattr(wrapper, "get_new_connection", gone)
        progress.report(1)

    def gone(_self, _parameters):
        raise OperationalError("no route to host")

    with pytest.raises(OperationalError):
        run_here(made)
    monkeypatch.setattr(wrapper, "get_new_connection", reachable)
    assert Job.objects.get(id=made.id).state == JobState.RUNNING
    strategy = tasks.run_job.retry_strategy
    assert strategy.get_retry_decision(exception=OperationalError(), job=type("J", (), {"attempts": 99})) is not None
