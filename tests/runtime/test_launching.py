"""One installation from its first start to its last, with everything killed on the way."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from klantbeeld.site.cli.assets import build_assets
from klantbeeld.site.cli.checkout import CHECKOUT, SOURCE
from klantbeeld.site.cli.datafolder import DataFolder
from tests.runtime.waiting import wait_for


class Installation:
    """The small application in a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.data = DataFolder(folder / "data")
        self.url = ""
        self.facts: dict[str, str] = {}
        self.launcher: subprocess.Popen[str] | None = None
        unwanted = "DATABASE_URL|KLANTBEELD_|PYTHONDONTWRITEBYTECODE"
        kept = {name: value for name, value in os.environ.items() if not re.match(unwanted, name)}
        self.environment = {
            **kept,
            "PYTHONPATH": f"{SOURCE}{os.pathsep}{CHECKOUT}",
            "DJANGO_SETTINGS_MODULE": "tests.runtime.application.settings",
        }

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "klantbeeld.site.cli", *arguments, "--data", str(self.data.path)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdout=pipe, stderr=pipe, text=True)

    def start(self, verb: str = "demo") -> None:
        self.launcher = self.command(verb, "--json", "--workers", "1")
        assert self.launcher.stdout is not None
        assert self.launcher.stderr is not None
        said = self.launcher.stdout.readline()
        assert said, self.launcher.stderr.read()
        self.facts = json.loads(said)
        self.url = self.facts["url"]

    def page(self) -> list[int]:
        """Users in the database, process that answered, its parent; empty when nothing answers."""
        try:
            with urllib.request.urlopen(self.url, timeout=5) as answer:
                return [int(word) for word in answer.read().split()]
        except (urllib.error.URLError, OSError):
            return []

    def processes(self) -> list[int]:
        """Every process that belongs to this installation."""
        mark = str(self.data.path).encode()
        return [pid for pid in _all_processes() if mark in _read(pid, "cmdline")]

    def end(self) -> None:
        if self.launcher is not None and self.launcher.poll() is None:
            self.launcher.terminate()
            self.launcher.communicate(timeout=90)


def _all_processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def made() -> Iterator[Installation]:
    build_assets()
    with tempfile.TemporaryDirectory(prefix="klantbeeld launch ") as folder:
        Path(folder).chmod(0o711)
        installation = Installation(Path(folder))
        yield installation
        installation.end()
        installation.data.cluster().remove()


@pytest.fixture
def installation(made: Installation) -> Installation:
    """The installation, running; each test may leave it in any state."""
    if made.launcher is None or made.launcher.poll() is not None:
        made.start()
    return made


def test_the_first_page_answers_and_one_line_says_how_to_get_in(installation: Installation) -> None:
    login = {"user": "alice@example.org", "password": "secret", "token": "kb_1"}
    assert installation.facts == {"url": installation.url, **login}
    assert installation.page()[0] == 1


def test_a_second_launcher_says_that_it_runs_already_and_where(installation: Installation) -> None:
    second = installation.command("up")
    out, err = second.communicate(timeout=90)
    assert second.returncode == 1
    assert out == ""
    assert "runs already" in err
    assert installation.url in err


def test_a_killed_page_server_is_replaced(installation: Installation) -> None:
    _, answering, manager = installation.page()
    os.kill(answering, signal.SIGKILL)
    assert wait_for(installation.page)[1] != answering
    os.kill(manager, signal.SIGKILL)
    wait_for(lambda: (found := installation.page()) and found[2] != manager)


def test_a_killed_database_is_replaced(installation: Installation) -> None:
    place = Path(installation.data.cluster().access.place)
    old = (place / "postmaster.pid").read_text().splitlines()[0]
    os.kill(int(old), signal.SIGKILL)
    wait_for(lambda: installation.data.cluster().is_ready(_postmaster(place)) and str(_postmaster(place)) != old)
    assert wait_for(installation.page)[0] == 1


def _postmaster(place: Path) -> int:
    try:
        return int((place / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, IndexError):
        return 0


def test_a_killed_host_is_replaced(installation: Installation) -> None:
    host = installation.data.running()["host"]
    os.kill(host, signal.SIGKILL)
    wait_for(lambda: installation.data.running()["host"] != host and installation.page())


def test_no_process_outlives_a_killed_launcher_and_the_next_start_works(installation: Installation) -> None:
    assert installation.launcher is not None
    installation.launcher.kill()
    installation.launcher.communicate()
    wait_for(lambda: not installation.processes())
    installation.start()
    assert installation.page()[0] == 1


def test_a_termination_stops_everything(installation: Installation) -> None:
    assert installation.launcher is not None
    installation.launcher.terminate()
    installation.launcher.communicate(timeout=90)
    assert installation.launcher.returncode == 0
    assert installation.processes() == []


def test_up_gives_the_link_for_the_first_visitor(made: Installation) -> None:
    made.end()
    made.start("up")
    assert made.facts["setup_link"] == f"{made.url}setup/once"
    made.end()


def test_a_start_that_fails_is_explained_with_the_end_of_the_log(
    made: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.end()
    monkeypatch.setitem(made.environment, "DJANGO_SETTINGS_MODULE", "tests.runtime.application.no_such_settings")
    launcher = made.command("demo", "--json")
    out, err = launcher.communicate(timeout=90)
    assert (launcher.returncode, out) == (1, "")
    assert "did not start" in err
    assert "no_such_settings" in err
    assert made.processes() == []
