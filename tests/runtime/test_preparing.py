import re
from pathlib import Path

import pytest

from klantbeeld.site.cli import environment
from klantbeeld.site.cli.checkout import CHECKOUT

_LOCK = "asgiref==3.1 \\\n    --hash=sha256:aa\nuv==0.9 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\nzope==1\n"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose packages come from nowhere: what would be fetched is written down in `fetched`."""
    (tmp_path / "requirements.lock").write_text(_LOCK)

    def note(venv: Path, lock_file: Path) -> None:
        with (tmp_path / "fetched").open("a") as notes:
            notes.write(f"{lock_file.name}\n")

    monkeypatch.setattr(environment, "_install_uv", lambda venv, lock_file: None)
    monkeypatch.setattr(environment, "_sync", note)
    return tmp_path


def prepare(checkout: Path, stamp: str = "1") -> None:
    environment.main(checkout, checkout / "requirements.lock", stamp)


def fetched(checkout: Path) -> int:
    return len((checkout / "fetched").read_text().splitlines())


def test_an_environment_is_made_once(checkout: Path) -> None:
    prepare(checkout)
    prepare(checkout)
    assert environment._works(checkout / ".venv")
    assert fetched(checkout) == 1
    prepare(checkout, "2")
    assert fetched(checkout) == 2


def test_a_half_made_environment_is_repaired(checkout: Path) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to("/gone/python3")
    (checkout / ".venv" / "stamp").write_text("1")
    prepare(checkout)
    assert environment._works(checkout / ".venv")
    assert fetched(checkout) == 1


def test_what_could_not_be_fetched_is_fetched_the_next_time(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(venv: Path, lock_file: Path) -> None:
        raise environment.PreparationError("no network")

    with monkeypatch.context() as broken:
        broken.setattr(environment, "_sync", fail)
        with pytest.raises(environment.PreparationError):
            prepare(checkout)
    prepare(checkout)
    assert fetched(checkout) == 1


def test_uv_is_installed_as_the_lock_file_pins_it() -> None:
    assert environment._block_of("uv", _LOCK) == "uv==0.9 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    with pytest.raises(environment.PreparationError, match="does not pin granian"):
        environment._block_of("granian", _LOCK)


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (CHECKOUT / name).read_text(), re.MULTILINE)
    return dict(found)


def test_the_developers_packages_include_all_others_at_the_same_versions() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("name", [*(f"requirements{kind}.lock" for kind in ("", "-dev", "-node")), "package-lock.json"])
def test_no_lock_file_says_where_its_packages_came_from(name: str) -> None:
    text = (CHECKOUT / name).read_text()
    assert not re.search(r"file:|--find-links|--index-url|\"resolved\"", text)
    if name.endswith(".lock"):
        assert "://" not in text
