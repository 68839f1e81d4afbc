"""Reminders: at the right moment on the owner's clock, once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import make_cast
from django.db import connections

from klantbeeld.interactions.actions import recall_tasks
from klantbeeld.interactions.actions.recall_tasks import recall_due
from klantbeeld.interactions.models import Task
from klantbeeld.interactions.reminders import Remind, moment_of
from klantbeeld.platform.kernel.clock import fixed_clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.people.models import User
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def recall_at(moment):
    with fixed_clock(moment), entered(None):
        return recall_due()


def made(make, actor, **values):
    with fixed_clock(NOW):
        return make(actor, "tasks", **{"title": "Bel Piet", **values})


def changed(actor, task, moment=NOW, **values):
    tasks = registry.get("tasks")
    with fixed_clock(moment):
        tasks.writer(tasks, actor).change(task.pk, values)


@pytest.mark.parametrize(
    ("remind", "day", "at", "moment"),
    [
        (Remind.ON_THE_DAY, date(2026, 11, 24), "", datetime(2026, 11, 24, 8, tzinfo=UTC)),
        (Remind.ON_THE_DAY, date(2026, 7, 24), "14:30", datetime(2026, 7, 24, 7, tzinfo=UTC)),
        (Remind.ON_THE_DAY, date(2026, 7, 24), "07:15", datetime(2026, 7, 24, 5, 15, tzinfo=UTC)),
        (Remind.DAY_BEFORE, date(2026, 3, 30), "", datetime(2026, 3, 29, 7, tzinfo=UTC)),
        # An hour before 03:30 on the day on which 02:00 to 03:00 isn't there, it is 01:30.
        (Remind.HOUR_BEFORE, date(2026, 3, 29), "03:30", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        (Remind.HOUR_BEFORE, date(2026, 3, 29), "02:30", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        # 02:30 comes twice on this day, and the first is meant; an hour before 03:30 is the second.
        (Remind.HOUR_BEFORE, date(2026, 10, 25), "02:30", datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
        (Remind.HOUR_BEFORE, date(2026, 10, 25), "03:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (Remind.HOUR_BEFORE, date(2026, 10, 25), "", None),
    ],
)
def test_the_moment_is_right_when_the_clock_changes(remind, day, at, moment):
    assert moment_of(remind, day, at, AMSTERDAM) == moment


def test_the_owner_is_reminded_once_on_their_own_clock(cast, make):
    User.objects.filter(email="bob@example.org").update(timezone="America/New_York")
    made(make, cast.alice, owner=cast.bob.member_id, due_on="2026-11-24", remind="on_the_day")
    nine = datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert recall_at(nine - timedelta(minutes=1)) == 0
    assert recall_at(nine) == 1
    assert recall_at(nine + timedelta(minutes=1)) == 0
    told = Notification.objects.get(kind="reminder")
    assert told.member_id == cast.bob.member_id
    assert "Reminder: Bel Piet, before" in cast.client("bob").get("/notifications/").content.decode()


def test_both_moments_are_told_and_a_worker_that_was_away_is_late_but_tells(cast, make):
    made(make, cast.bob, due_on="2026-11-24", due_time="15:00", remind="hour_before", remind_on="2026-11-23T10:00")
    assert recall_at(datetime(2026, 11, 23, 9, 5, tzinfo=UTC)) == 1
    assert recall_at(datetime(2026, 11, 27, 9, tzinfo=UTC)) == 1
    assert Notification.objects.filter(kind="reminder").count() == 2


def test_a_task_that_is_done_moved_or_freed_of_its_reminder_is_not_recalled_at_the_old_moment(cast, make):
    done, moved, freed = (made(make, cast.bob, due_on="2026-11-24", remind="on_the_day") for _each in range(3))
    changed(cast.bob, done, done_at="2026-11-21T10:00")
    changed(cast.bob, moved, due_on="2026-12-01")
    changed(cast.bob, freed, remind="")
    assert recall_at(datetime(2026, 11, 25, tzinfo=UTC)) == 0
    assert recall_at(datetime(2026, 12, 2, tzinfo=UTC)) == 1


def test_a_change_of_something_else_keeps_a_reminder_that_is_just_due(cast, make):
    task = made(make, cast.bob, due_on="2026-11-24", remind="on_the_day")
    just_after = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
    changed(cast.bob, task, just_after, title="Bel Piet terug", due_on="2026-11-24", remind="on_the_day")
    assert recall_at(just_after) == 1


def test_who_may_not_see_their_task_any_more_reads_nothing_of_it(cast, make):
    task = made(make, cast.bob, due_on="2026-11-24", remind="on_the_day")
    recall_at(datetime(2026, 11, 24, 9, tzinfo=UTC))
    changed(cast.alice, task, owner=str(cast.carol.member_id))
    assert "Bel Piet" not in cast.client("bob").get("/notifications/").content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"remind": "on_the_day"}, "due_on"),
        ({"remind": "hour_before", "due_on": "2026-11-24"}, "due_time"),
        ({"due_time": "14:30"}, "due_on"),
        ({"due_time": "25:00", "due_on": "2026-11-24"}, "due_time"),
        ({"due_time": "half drie", "due_on": "2026-11-24"}, "due_time"),
        ({"remind": "sometimes", "due_on": "2026-11-24"}, "remind"),
    ],
)
def test_a_reminder_that_cannot_be_is_refused_at_its_field(cast, make, values, field):
    with pytest.raises(Invalid) as refused:
        made(make, cast.bob, **values)
    assert list(refused.value.errors) == [field]
    assert not Task.objects.exists()


def test_a_worker_that_dies_before_it_has_told_leaves_it_to_the_next(cast, make, monkeypatch):
    made(make, cast.bob, due_on="2026-11-24", remind="on_the_day")
    nine = datetime(2026, 11, 24, 8, tzinfo=UTC)
    telling = recall_tasks.notify

    def dies(*args, **kwargs):
        telling(*args, **kwargs)
        raise SystemExit

    monkeypatch.setattr(recall_tasks, "notify", dies)
    with pytest.raises(SystemExit):
        recall_at(nine)
    assert not Notification.objects.exists()
    monkeypatch.setattr(recall_tasks, "notify", telling)
    assert recall_at(nine) == 1
    assert Notification.objects.count() == 1


def test_two_workers_at_once_tell_it_once(committing_db, make):
    from threading import Thread

    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.bob.member_id, "web")):
        for number in range(20):
            made(make, cast.bob, title=f"Taak {number}", due_on="2026-11-24", remind="on_the_day")

    def work():
        recall_at(datetime(2026, 11, 24, 8, tzinfo=UTC))
        connections.close_all()

    workers = [Thread(target=work) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with entered(Scope(cast.tenant.id)):
        assert Notification.objects.filter(kind="reminder").count() == 20
        assert not Task.objects.filter(remind_at__isnull=False).exists()
