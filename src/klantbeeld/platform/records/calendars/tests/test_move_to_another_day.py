"""Moving something to another day leaves the time on the clock as it was."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factory import make
from tests.test_contract import with_role

from klantbeeld.commerce.models import Order
from klantbeeld.interactions.models import Task
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.customfields.models import CustomField
from klantbeeld.platform.records.calendars.moving import shifted

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def move(cast, record, who="alice", slug="orders", **values):
    given = {"id": str(record.pk), "by": "placed_at", "from": "2026-03-28", "to": "2026-03-29"} | values
    return cast.client(who).post(f"/{slug}/calendar/move", given)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.integers(-400, 400),
)
def test_the_clock_shows_the_same_unless_it_skips_that_hour(moment, days):
    local = moment.astimezone(AMSTERDAM)
    there = datetime.fromisoformat(shifted(moment, timedelta(days), AMSTERDAM)).astimezone(AMSTERDAM)
    assert there.date() == local.date() + timedelta(days)
    skipped = there.replace(tzinfo=None) - local.replace(tzinfo=None) - timedelta(days)
    assert skipped in {timedelta(0), timedelta(hours=1)}
    if skipped:
        assert (local.hour, there.hour) == (2, 3)


@pytest.mark.parametrize(
    ("before", "seen", "wanted", "after"),
    [
        ((2026, 3, 28, 13), "2026-03-28", "2026-03-30", (2026, 3, 30, 12)),  # 14:00 in winter, 14:00 in summer
        ((2026, 3, 28, 1, 30), "2026-03-28", "2026-03-29", (2026, 3, 29, 1, 30)),  # 02:30 isn't there: 03:30
        ((2026, 10, 26, 1, 30), "2026-10-26", "2026-10-25", (2026, 10, 25, 0, 30)),  # 02:30 is there twice: the first
        ((2026, 10, 24, 12), "2026-10-24", "2026-10-26", (2026, 10, 26, 13)),
    ],
)
def test_a_move_over_the_change_of_the_clocks(cast, before, seen, wanted, after):
    order = make(Order, number="A1", placed_at=datetime(*before, tzinfo=UTC))
    answer = move(cast, order, **{"from": seen, "to": wanted})
    assert answer.status_code == 200, answer.json()
    order.refresh_from_db()
    assert order.placed_at == datetime(*after, tzinfo=UTC)


def test_a_move_can_be_taken_back_to_the_minute(cast):
    order = make(Order, number="A1", placed_at=datetime(2026, 3, 28, 9, 17, tzinfo=UTC))
    told = move(cast, order).json()["toast"]
    assert told["text"] == "Moved to 29\u00a0Mar\u00a02026"
    cast.client("alice").post(told["undo_url"])
    order.refresh_from_db()
    assert order.placed_at == datetime(2026, 3, 28, 9, 17, tzinfo=UTC)


def test_a_move_beside_a_colleagues_is_refused_with_words(cast):
    order = make(Order, number="A1", placed_at=datetime(2026, 4, 1, 9, tzinfo=UTC))
    answer = move(cast, order)
    assert answer.status_code == 422
    assert "in the meantime. It stays there." in answer.json()["toast"]["text"]
    order.refresh_from_db()
    assert order.placed_at == datetime(2026, 4, 1, 9, tzinfo=UTC)


def test_what_is_there_already_is_not_moved_again(cast):
    order = make(Order, number="A1", placed_at=datetime(2026, 3, 29, 9, tzinfo=UTC))
    answer = move(cast, order)
    assert (answer.status_code, answer.json()["toast"]["undo_url"]) == (200, "")
    assert not Change.objects.filter(record_id=order.pk, action="change").exists()


def test_the_end_goes_along(cast):
    for key in ("starts", "ends"):
        CustomField.objects.create(record_type="orders", key=key, label=key, kind=Kind.DATE)
    order = make(Order, number="A1", custom={"starts": "2026-03-28", "ends": "2026-03-31"})
    assert move(cast, order, by="custom.starts", until="custom.ends").status_code == 200
    order.refresh_from_db()
    assert order.custom == {"starts": "2026-03-29", "ends": "2026-04-01"}


def test_a_date_is_moved_by_whole_days(cast):
    task = make(Task, title="Call", due_on=date(2026, 3, 28))
    assert move(cast, task, slug="tasks", by="due_on").status_code == 200
    task.refresh_from_db()
    assert task.due_on == date(2026, 3, 29)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"to": "soon"}, 422),
        ({"from": ""}, 422),
        ({"by": "number"}, 404),
        ({"by": "created_at"}, 404),
        ({"id": "x"}, 404),
        ({"until": "created_at"}, 404),
    ],
)
def test_a_move_that_cannot_be_is_refused(cast, values, status):
    order = make(Order, number="A1", placed_at=datetime(2026, 3, 28, 9, tzinfo=UTC))
    answer = move(cast, order, **values)
    assert answer.status_code == status
    assert answer.json()["toast"]["text"]


def test_who_may_not_write_the_date_moves_nothing(cast):
    order = make(Order, number="A1", placed_at=datetime(2026, 3, 28, 9, tzinfo=UTC))
    with_role(cast, orders={"read": "all", "change": "all", "fields": {"placed_at": "read"}})
    assert move(cast, order, "bob").status_code == 404
    page = cast.client("bob").get("/orders/calendar", {"on": "2026-03-28"}).content.decode()
    assert "A1" in page
    assert "data-movable" not in page
