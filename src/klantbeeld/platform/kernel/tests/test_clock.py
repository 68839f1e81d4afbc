from datetime import UTC, datetime, timedelta, timezone

import pytest

from klantbeeld.platform.kernel.clock import fixed_clock, now


def test_now_is_aware_and_in_utc() -> None:
    assert now().tzinfo is UTC
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_fixed_clock_answers_its_moment_and_is_put_back() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    with fixed_clock(summer):
        with fixed_clock(summer + timedelta(days=1)):
            assert now() == summer + timedelta(days=1)
        assert now() == summer
        assert now().tzinfo is UTC
    assert now() != summer


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), fixed_clock(datetime(2026, 7, 1)):
        pass
