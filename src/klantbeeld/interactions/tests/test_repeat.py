"""Tasks that come again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.interactions.models import Task
from klantbeeld.interactions.repeating import Repeats, next_day
from klantbeeld.platform.kernel.clock import fixed_clock
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.public import find

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("repeats", "due_on", "following"),
    [
        ("daily", date(2026, 11, 20), date(2026, 11, 21)),
        ("workdays", date(2026, 11, 20), date(2026, 11, 23)),
        ("weekly", date(2026, 11, 20), date(2026, 11, 27)),
        ("fortnightly", date(2026, 11, 27), date(2026, 12, 11)),
        ("monthly", date(2027, 1, 31), date(2027, 2, 28)),
        ("monthly", date(2027, 2, 28), date(2027, 3, 31)),
        ("monthly", date(2027, 1, 30), date(2027, 2, 28)),
        ("yearly", date(2028, 2, 29), date(2029, 2, 28)),
        ("weekly", date(2026, 9, 1), date(2026, 11, 24)),
    ],
)
def test_the_day_on_which_it_comes_again(repeats, due_on, following):
    assert next_day(repeats, due_on, TODAY) == following


@given(st.sampled_from(Repeats.values), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_it_comes_again_later_than_it_was_and_not_before_tomorrow(repeats, due_on, days):
    today = due_on + timedelta(days=days)
    following = next_day(repeats, due_on, today)
    assert today < following <= today + timedelta(days=366)


@pytest.fixture
def weekly(cast, make):
    with fixed_clock(NOW):
        given = {"due_on": "2026-11-20", "due_time": "10:00", "repeats": "weekly", "remind": "hour_before"}
        return make(cast.alice, "tasks", title="Kas tellen", owner=cast.bob.member_id, **given)


def finish(cast, task, done_at="2026-11-20T13:00"):
    tasks = registry.get("tasks")
    with fixed_clock(NOW):
        tasks.writer(tasks, cast.bob).change(task.pk, {"done_at": done_at})


def test_the_next_one_is_there_when_one_is_done_with_its_reminder_and_can_be_found(cast, weekly):
    finish(cast, weekly)
    following = Task.objects.get(repeat_of=weekly)
    assert (following.due_on, following.due_time, following.owner_id) == (
        date(2026, 11, 27),
        "10:00",
        cast.bob.member_id,
    )
    assert following.remind_at == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert following.pk in [hit.id for hit in find(cast.bob, "kas tellen")]


def test_taking_it_back_takes_the_next_one_back_unless_somebody_touched_it(cast, weekly):
    finish(cast, weekly)
    finish(cast, weekly, "")
    assert Task.objects.count() == 1
    finish(cast, weekly)
    tasks = registry.get("tasks")
    tasks.writer(tasks, cast.bob).change(Task.objects.get(repeat_of=weekly).pk, {"note": "Wisselgeld halen"})
    finish(cast, weekly, "")
    finish(cast, weekly)
    assert Task.objects.filter(repeat_of=weekly).count() == 1


def test_one_without_a_day_or_a_rhythm_does_not_come_again(cast, make):
    for values in ({"repeats": "weekly"}, {"due_on": "2026-11-20"}):
        finish(cast, make(cast.bob, "tasks", title="Eenmalig", **values))
    assert Task.objects.count() == 2
