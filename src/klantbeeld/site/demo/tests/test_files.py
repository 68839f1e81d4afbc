"""Files that were written ahead of the database are taken over once, and only by the demo they fit."""

from datetime import UTC, datetime, timedelta

import pytest

from klantbeeld.site.demo import files, retail

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def ahead(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "write", lambda folder, shift: None)
    files.write_ahead(tmp_path, NOW)
    return tmp_path


def test_they_are_taken_over_once(ahead):
    shift = retail.shift_to(NOW + timedelta(minutes=1))
    assert files.take_over(ahead, shift)
    assert not files.take_over(ahead, shift)


def test_those_of_another_week_are_not(ahead):
    assert not files.take_over(ahead, retail.shift_to(NOW + timedelta(weeks=1)))
