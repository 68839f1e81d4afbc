from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.kernel import ids
from klantbeeld.platform.kernel.ids import uuid7

moments = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))


def test_an_id_is_version_7_of_the_rfc_variant() -> None:
    made = uuid7()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_ids_made_by_many_threads_are_unique_and_rise_in_each() -> None:
    made: list[list[UUID]] = [[] for _ in range(4)]
    threads = [Thread(target=lambda mine: mine.extend(uuid7() for _ in range(2000)), args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in made)
    assert len({one for mine in made for one in mine}) == 8000


def test_ids_rise_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000_000)
    assert uuid7() > before


@given(moments)
def test_an_id_holds_its_time_to_the_millisecond(at: datetime) -> None:
    milliseconds = timedelta(milliseconds=uuid7(at).int >> 80)
    assert datetime(1970, 1, 1, tzinfo=UTC) + milliseconds == at - timedelta(microseconds=at.microsecond % 1000)


@given(moments, st.integers(1, 10_000_000))
def test_a_later_moment_gives_a_greater_id(at: datetime, microseconds: int) -> None:
    if at < datetime(9999, 1, 1, tzinfo=UTC):
        assert uuid7(at) < uuid7(at + timedelta(microseconds=microseconds))


def test_what_cannot_be_dated_is_refused() -> None:
    for at in (datetime(2026, 1, 1), datetime(1969, 12, 31, tzinfo=UTC)):
        with pytest.raises(ValueError, match=r"time zone|outside"):
            uuid7(at)
