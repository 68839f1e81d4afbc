"""Measuring starts: each in turn, with nothing of this installation's settings, and told when it doesn't come up."""

import json
import subprocess
import sys

import pytest

from klantbeeld.site.bench import starts
from klantbeeld.site.bench.starts import COLD, WARM, NotStarted, measured


@pytest.fixture
def launched(monkeypatch):
    """Stands in for the launcher; what it was started with and says."""
    seen = []
    say = {"text": json.dumps({"url": "http://127.0.0.1:8000/"})}
    popen = subprocess.Popen

    def stand_in(command, *, env, **options):
        seen.append((command, env))
        return popen([sys.executable, "-c", f"print({say['text']!r})"], env=env, **options)

    monkeypatch.setattr(starts.subprocess, "Popen", stand_in)
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere.else/entirely")
    return seen, say


def test_a_start_in_an_empty_folder_is_followed_by_one_in_what_it_left(launched):
    seen, _say = launched
    assert [(each.name, each.unit, each.floor) for each in measured()] == [(COLD, "s", 60.0), (WARM, "s", 5.0)]
    (first, _), (second, environment) = seen
    assert first == second
    assert first[3:5] == ["demo", "--json"]
    assert "DATABASE_URL" not in environment


def test_a_launcher_that_ends_without_a_page_is_no_start(launched):
    launched[1]["text"] = ""
    with pytest.raises(NotStarted):
        measured()
